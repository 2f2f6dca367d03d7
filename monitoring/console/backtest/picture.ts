/** The backtest over time: the incidents as known, then a lane for each policy and SLO with its pages and tickets. */
import { html } from "hono/html";
import type { BacktestReport, ReportedFiring } from "../../backtest/report/report.ts";
import { lanesChart } from "../lanes/lanes.ts";
import type { Lane, Span, Tone } from "../lanes/lanes.ts";
import { span } from "../pages/format.ts";
import { nothing } from "../pages/html.ts";
import type { Html } from "../pages/html.ts";

/** Bars of one kind that are closer than this share of the axis are drawn as one: a lane has no more than can be seen. */
const CLOSE = 0.003;
/** An incident that lasted longer, as a share of the axis, is a ground on which others are seen. */
const LONG = 0.1;
/** So many of them are named. */
const NAMED = 5;

/** A page is a full bar, green or red by whether it was right; a ticket is an outline. */
const kinds: Readonly<Record<string, { readonly tone: Tone; readonly hollow: boolean }>> = {
  ticket: { tone: "accent", hollow: true },
  page: { tone: "good", hollow: false },
  "false page": { tone: "bad", hollow: false },
};

export function picture(report: BacktestReport): Html {
  const judged = report.incidents.length > 0;
  const lanes = [
    ...incidentLanes(report),
    ...report.policies.flatMap(({ name }) => policyLanes(report, name)),
  ];
  const chart = {
    label: "Incidents and alerts",
    from: Date.parse(report.from),
    to: Date.parse(report.to),
    lanes,
  };
  return html`${lanesChart(chart)}
    <ul class="legend plain" aria-label="Legend">
      ${judged ? legend("warn", false, "incident") : nothing}
      ${legend("good", false, judged ? "page, of an incident" : "page")}
      ${judged ? legend("bad", false, "page without a known incident") : nothing}
      ${legend("accent", true, "ticket")}
    </ul>`;
}

function legend(tone: Tone, hollow: boolean, words: string): Html {
  return html`<li>
    <svg class="lane-plot" viewBox="0 0 20 12" height="12" aria-hidden="true">
      <rect class="span ${tone} ${hollow ? "hollow" : ""}" x="1" y="1" width="18" height="10" /></svg
    >${words}
  </li>`;
}

function incidentLanes({ incidents, slos, from, to }: BacktestReport): Lane[] {
  return slos.flatMap(({ service, sli, slo }) => {
    const own = incidents.filter((one) => one.service === service && one.sli.includes(sli));
    const spans = own
      // The shorter above the longer, which would hide it.
      .toSorted((a, b) => lengthOf(b) - lengthOf(a))
      .map((one): Span => ({
        from: Date.parse(one.start),
        to: Date.parse(one.end),
        tone: lengthOf(one) > LONG * lengthOf({ start: from, end: to }) ? "muted" : "warn",
        words: `${one.name}, ${when(one.start)} for ${lasted(one)}: ${one.description}`,
      }));
    return spans.length === 0 ? [] : [{ name: "what happened", detail: slo, spans }];
  });
}

function policyLanes({ firings, slos, incidents, from, to }: BacktestReport, policy: string): Lane[] {
  const close = CLOSE * (Date.parse(to) - Date.parse(from));
  const kindOf = ({ severity, incident }: ReportedFiring): string => {
    if (severity === "ticket") return "ticket";
    return incidents.length > 0 && incident === null ? "false page" : "page";
  };
  return slos.flatMap(({ slo }) => {
    const own = firings.filter((one) => one.policy === policy && one.slo === slo);
    const spans = Object.entries(kinds).flatMap(([kind, look]) =>
      merged(
        own.filter((one) => kindOf(one) === kind),
        Date.parse(to),
        close,
      ).map(({ words, ...rest }) => Object.assign(rest, look, { words: inFew(words) })),
    );
    return spans.length === 0 ? [] : [{ name: policy, detail: slo, spans }];
  });
}

function merged(firings: readonly ReportedFiring[], end: number, close: number) {
  const bars: { from: number; to: number; words: string[] }[] = [];
  for (const firing of firings) {
    const [from, to] = [Date.parse(firing.start), firing.end === null ? end : Date.parse(firing.end)];
    const last = bars.at(-1);
    if (last !== undefined && from <= last.to + close) {
      last.to = Math.max(last.to, to);
      last.words.push(inWords(firing));
    } else bars.push({ from, to, words: [inWords(firing)] });
  }
  return bars;
}

function inFew(words: readonly string[]): string {
  const named = words.slice(0, NAMED).join("; ");
  return words.length > NAMED ? `${named}; and ${words.length - NAMED} more` : named;
}

/** `page page-fast, 2026-11-05 10:05 for 30 min, incident bad-deploy` */
export function inWords({ severity, alert, start, end, seconds, incident }: ReportedFiring): string {
  const length = end === null ? `${span(seconds)}, still firing` : span(seconds);
  return `${severity} ${alert}, ${when(start)} for ${length}${incident === null ? "" : `, incident ${incident}`}`;
}

/** `2026-11-05 10:05` in UTC. */
export function when(moment: string): string {
  return moment.slice(0, 16).replace("T", " ");
}

interface Lasting {
  readonly start: string;
  readonly end: string;
}

export function lasted(lasting: Lasting): string {
  return span(lengthOf(lasting) / 1000);
}

function lengthOf({ start, end }: Lasting): number {
  return Date.parse(end) - Date.parse(start);
}
