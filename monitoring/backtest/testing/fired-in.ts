/** What Prometheus itself did: when its alerts fired, evaluation by evaluation. */
import { z } from "zod";

/** One time that an alert fired, between evaluations of its rule group; seconds since 1970. */
export interface Fired {
  /** The last evaluation before it, at which it did not fire; null when there is none. */
  readonly quiet: number | null;
  readonly first: number;
  readonly last: number;
  /** The first evaluation after it; null while it fires. */
  readonly over: number | null;
}

const schema = z.object({
  data: z.object({
    result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })),
  }),
});

/**
 * Reads when an alert fired. A busy machine misses evaluations, and an alert is neither on nor off in between; so the
 * group's own evaluations are looked at, which are the samples of a series that it records.
 *
 * @param alerts a selector of the alert's ALERTS series.
 * @param recorded a selector of a series of the same group.
 * @param range how far to look back from now, as PromQL writes it.
 */
export async function firedIn(
  url: string,
  alerts: string,
  recorded: string,
  range: string,
): Promise<Fired[]> {
  const [firing, evaluations] = await Promise.all([
    timesOf(url, `${alerts}[${range}]`),
    timesOf(url, `${recorded}[${range}]`),
  ]);
  const fires = new Set(firing);
  const found: Fired[] = [];
  for (const [index, at] of evaluations.entries()) {
    const before = evaluations[index - 1] ?? null;
    const open = found.at(-1);
    const goesOn = open !== undefined && open.over === null;
    if (fires.has(at)) {
      if (goesOn) found[found.length - 1] = { ...open, last: at };
      else found.push({ quiet: before, first: at, last: at, over: null });
    } else if (goesOn) found[found.length - 1] = { ...open, over: at };
  }
  return found;
}

async function timesOf(url: string, query: string): Promise<number[]> {
  const response = await fetch(`${url}/api/v1/query`, {
    method: "POST",
    body: new URLSearchParams({ query }),
  });
  const { data } = schema.parse(await response.json());
  return data.result.flatMap(({ values }) => values.map(([at]) => at)).toSorted((a, b) => a - b);
}
