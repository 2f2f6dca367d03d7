/** What `incidents.json` says: the happenings with their places in time, and how much each of them broke. */
import type { IncidentsFile, PastIncident } from "../incidents.ts";
import type { Past } from "../past.ts";
import { pastSeconds } from "../settings.ts";

/**
 * Adds up the truth; to be asked when all pieces of the past have been lived through.
 *
 * @param toMs the end of the past, in milliseconds since 1970.
 */
export function truthOf(past: Past, toMs: number, seed: number, timeScale: number): IncidentsFile {
  const { incidents } = past;
  const wall = (seconds: number): string => {
    const age = toMs / 1000 - seconds;
    return new Date(Math.round(toMs - (age * 1000) / timeScale)).toISOString();
  };
  const marks = incidents.flatMap(({ start, end, marks }) =>
    marks.map(({ name, service, kind, description, sli }): PastIncident => {
      const share = shareOf(past, toMs / 1000, { start, service, sli });
      return { name, service, kind, start: wall(start), end: wall(end), share, sli: [sli], description };
    }),
  );
  return {
    seed,
    from: wall(toMs / 1000 - pastSeconds),
    to: wall(toMs / 1000),
    time_scale: timeScale,
    incidents: marks.toSorted((a, b) => (a.start < b.start ? -1 : 1)),
  };
}

/** A service that an incident touched, and when, in seconds. */
interface Touched {
  readonly start: number;
  readonly service: string;
  readonly sli: string;
}

/** Of the events of an SLI between two moments, in seconds: the share that was bad and would not have been. */
function shareOf(past: Past, to: number, mark: Touched): number {
  const events = past.events.find(({ slo }) => slo.service === mark.service && slo.sli === mark.sli);
  if (events === undefined) return 0;
  const own = marksOf(past).filter(({ service, sli }) => service === mark.service && sli === mark.sli);
  const calm = { bad: 0, total: 0 };
  const inside = { bad: 0, total: 0 };
  for (let index = past.grid.first + 1; index <= past.grid.last; index += 1) {
    const at = to - (past.grid.ages[index] ?? 0);
    const during = own.filter(({ start, end }) => start < at && at <= end);
    // A moment with two incidents belongs to the one that began last.
    const latest = during.toSorted((a, b) => b.start - a.start)[0];
    const tally = latest === undefined ? calm : latest.start === mark.start ? inside : undefined;
    if (tally === undefined) continue;
    tally.bad += (events.bad[index] ?? 0) - (events.bad[index - 1] ?? 0);
    tally.total += (events.total[index] ?? 0) - (events.total[index - 1] ?? 0);
  }
  const usual = calm.bad / Math.max(1, calm.total);
  const share = inside.bad / Math.max(1, inside.total) - usual;
  return Math.round(share * DIGITS) / DIGITS;
}

function marksOf({ incidents }: Past) {
  return incidents.flatMap(({ start, end, marks }) => marks.map((mark) => ({ ...mark, start, end })));
}

/** A share is written with six places. */
const DIGITS = 1e6;
