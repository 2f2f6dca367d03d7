import { expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../compiler/duration.ts";
import type { PrometheusReader } from "../../predict/prometheus-reader.ts";
import { readSloFacts } from "../../predict/slo-facts.ts";
import { episodeOf } from "./episode.ts";
import { createForesight } from "./foresight.ts";

const STARTED = Date.parse("2026-11-21T12:00:00Z");
const episode = episodeOf(
  {
    id: "fault-1",
    service: "order",
    fault: "outage",
    variant: "503",
    target: null,
    startedAt: STARTED,
    expiresAt: STARTED + 300_000,
  },
  "console",
);

/** Ten requests a second for three days of the stack's own time, a share of them bad; what is asked must be PromQL. */
function reader(timeScale: number, badShare = 0): PrometheusReader {
  const counts = (expression: string, seconds?: number): number => {
    const asked = /^last_over_time\(slo:\w+:(bad|total):increase(\d+)([mhd])\{[^{}]*\}\[\d+s\]\)$/.exec(
      expression,
    );
    if (asked === null) throw new SyntaxError(`Prometheus cannot parse ${expression}`);
    const window = Number(asked[2]) * ({ m: MINUTE, h: HOUR, d: DAY }[asked[3] ?? ""] ?? 0);
    return (asked[1] === "bad" ? badShare : 1) * 10 * (seconds ?? window / timeScale);
  };
  return {
    value: (expression, atMs) => Promise.resolve(atMs === STARTED ? counts(expression) : undefined),
    range: (expression, fromMs, toMs, step) =>
      Promise.resolve(
        Array.from({ length: Math.floor((toMs - fromMs) / step / 1000) + 1 }, (_, n) => ({
          at: fromMs + n * step * 1000,
          value: counts(expression, step),
        })),
      ),
  };
}

/** Seconds after the fault at which the tiers of order's availability cross. */
async function crossings(timeScale: number): Promise<(readonly [string, number])[]> {
  const foresee = createForesight({ reader: reader(timeScale), slos: readSloFacts(), timeScale });
  const found = await foresee(episode);
  return found.map(({ slo, tier, at }) => [`${slo} ${tier}`, (at - STARTED) / 1000] as const);
}

it("says when an outage crosses every tier, from what was recorded when it began", async () => {
  // 14.4 of a budget of 0.1 % fill an hour's 1.44 % after 51.84 s; 3 of a day's after 259.2 s, and so do 1 of three days'.
  expect(await crossings(1)).toEqual([
    ["order-availability page-fast", 51.84],
    ["order-availability page-slow", 129.6],
    ["order-availability ticket-fast", 259.2],
    ["order-availability ticket-slow", 259.2],
  ]);
});

it("says so in the seconds of a stack whose time runs 60 times faster", async () => {
  expect(await crossings(60)).toEqual([
    ["order-availability page-fast", 0.864],
    ["order-availability page-slow", 2.16],
    ["order-availability ticket-fast", 4.32],
    ["order-availability ticket-slow", 4.32],
  ]);
});

it("says nothing of what crosses only when the fault has long been over", async () => {
  // Three bad ones in 10,000, where one in 1000 may be, and what a minute of 5 % adds, keep every window below.
  const mild = { ...episode, fault: "errors", variant: "5%", expiresAt: STARTED + 60_000 };
  const calm = createForesight({ reader: reader(1, 0.0003), slos: readSloFacts(), timeScale: 1 });
  expect(await calm(mild)).toEqual([]);
  // Worse than allowed by a hair: the ticket crosses whether anything is broken or not, days from now.
  const climbing: PrometheusReader = {
    ...reader(1, 0.0011),
    value: (expression, atMs) => reader(1, /3d/.test(expression) ? 0 : 0.0011).value(expression, atMs),
  };
  const slow = createForesight({ reader: climbing, slos: readSloFacts(), timeScale: 1 });
  expect(await slow(mild)).toEqual([]);
});
