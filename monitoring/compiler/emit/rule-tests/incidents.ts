/** Incidents, minute by minute: an alert fires and clears when the arithmetic says so. */
import { exact } from "../../decimal.ts";
import { HOUR, MINUTE, duration } from "../../duration.ts";
import type { Slo } from "../../model.ts";
import { label, olderPart, sloSeries } from "../../names.ts";
import { percent } from "../../rules/annotations.ts";
import { constructionOf } from "../../windows.ts";
import type { Tier } from "../../windows.ts";
import { expectFiring } from "./checks.ts";
import { fed, fedBad, ownInput } from "./neighbours.ts";
import type { Input, RuleTest } from "./rule-test.ts";
import { eventsBetween, incidentShares, playIncident, trafficRate } from "./scenario.ts";
import type { Scenario } from "./scenario.ts";
import { sampleValues, sharedValues } from "./series.ts";

/** An hour of good traffic first: older than that is what slides and tiles hold. */
const start = HOUR;
const older = { [label.part]: olderPart };
/** How far below its threshold a tier is tried: near enough to see a wrong factor, far from noise. */
const margin = 0.01;

/**
 * Tests of one tier, through the counts that its windows are made of.
 *
 * @param step how often the rules are evaluated, in seconds.
 */
export function incidentTests(slo: Slo, tier: Tier, step: number): RuleTest[] {
  const incidents = incidentShares(tier, slo.target).map((share) => incidentTest(slo, tier, share, step));
  return [...incidents, nearMissTest(slo, tier, step)];
}

function incidentTest(slo: Slo, tier: Tier, errorRatio: number, step: number): RuleTest {
  const { scenario, moments } = playIncident({ slo, tier, errorRatio, start, step });
  const { fires, clears } = moments;
  // Slides know the far end of a window to 2 min 30 s: where they make the short window, look one step later.
  const clear = clears + (constructionOf(tier.shortSeconds) === "short" ? 0 : step);
  return {
    name:
      `${slo.name}: with ${percent(errorRatio)} bad, ${tier.name} fires ${duration(fires - start)} after the start ` +
      `and clears ${duration(clears - scenario.end)} after the end`,
    intervalSeconds: MINUTE,
    inputs: inputs(slo, tier, scenario, clear),
    values: [
      expectFiring(slo, tier, 0, fires - step),
      expectFiring(slo, tier, 1, fires),
      expectFiring(slo, tier, 1, clears - step),
      expectFiring(slo, tier, 0, clear),
    ],
  };
}

/** Errors for ever, a little under the threshold: both windows hold nothing else, and the alert stays silent. */
export function nearMissTest(slo: Slo, tier: Tier, step: number): RuleTest {
  const threshold = tier.factor * (1 - slo.target);
  const errorRatio = Math.min(1, exact(threshold * (1 - margin)));
  const end = 2 * step;
  const rate = trafficRate(slo.alerting.minimumEvents, step);
  return {
    name: `${slo.name}: with ${percent(errorRatio)} bad for ever, ${tier.name} stays silent`,
    intervalSeconds: MINUTE,
    inputs: inputs(slo, tier, { rate, errorRatio, start: 0, end: Infinity, history: 0 }, end),
    values: [expectFiring(slo, tier, 0, step), expectFiring(slo, tier, 0, end)],
  };
}

/** What the rules read: short windows and slides. Tiles are laid by the rules; the first one stands for the history. */
function inputs(slo: Slo, tier: Tier, scenario: Scenario, until: number): Input[] {
  const { sli } = slo;
  const windows = [...new Set([tier.longSeconds, tier.shortSeconds, HOUR])];
  const short = windows.filter((window) => constructionOf(window) === "short");
  const long = constructionOf(tier.longSeconds);
  const fedInputs = short.flatMap((window) => {
    const history = window === tier.longSeconds ? scenario.history : 0;
    const events = countsOf(scenario, until, window, () => history);
    const bad = fedBad(slo, { bad: events("bad"), difference: events("difference") });
    return [
      ownInput(slo, sloSeries.total(sli, window), events("total"), fed),
      ownInput(slo, sloSeries.bad(sli, window), bad, fed),
    ];
  });
  if (short.length === windows.length) return fedInputs;
  const before = long === "medium" ? scenario.history * 5 : 0;
  const slides = countsOf(scenario, until, 5 * MINUTE, (at) => (at === 0 ? before : 0));
  const tile = ownInput(slo, sloSeries.totalTile(sli), sampleValues([scenario.history]), older);
  return [
    ...fedInputs,
    ownInput(slo, sloSeries.totalSlide(sli), slides("total"), older),
    ownInput(slo, sloSeries.badSlide(sli), slides("bad"), older),
    ...(long === "long" ? [tile] : []),
  ];
}

/** The events of a window, once a minute, in promtool's notation. `difference` is what fedBad may want. */
function countsOf(
  scenario: Scenario,
  until: number,
  window: number,
  history: (at: number) => number,
): (what: "bad" | "total" | "difference") => string {
  const { rate, errorRatio, start, end } = scenario;
  const key = [rate, errorRatio, start, end, until, window, history(0), history(MINUTE)];
  return (what) =>
    sharedValues([what, ...key], () =>
      Array.from({ length: until / MINUTE + 1 }, (_, minute) => {
        const at = minute * MINUTE;
        const events = eventsBetween(scenario, at - window, at);
        const total = events.total + history(at);
        return { bad: events.bad, total, difference: events.bad - total }[what];
      }),
    );
}
