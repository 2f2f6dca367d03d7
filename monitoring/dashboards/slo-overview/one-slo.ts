/** The lower half: the SLO that the variables choose. */
import { decimal } from "../../compiler/decimal.ts";
import { duration, HOUR } from "../../compiler/duration.ts";
import { objectiveSeries, sloSeries } from "../../compiler/names.ts";
import { isPage } from "../../compiler/windows.ts";
import type { Tier } from "../../compiler/windows.ts";
import { colour, dashed, paint } from "../kit/colours.ts";
import { dial, graph, number } from "../kit/panels.ts";
import { now, over } from "../kit/queries.ts";
import { everySlo, lastsStates, secondsLeft } from "../kit/slo-series.ts";
import { budgetSteps, burnSteps, exhaustionSteps, tierColour, tiers } from "../kit/thresholds.ts";
import type { Lab } from "../lab.ts";

const chosen = '{service="$service",slo="$slo"}';

export function objective() {
  return number({
    title: "Objective",
    description: "What share of events must be good. Change it in monitoring/slo, then npm run generate.",
    unit: "percentunit",
    queries: [now(`sum by (service, slo) (${objectiveSeries}${chosen})`, "{{slo}}")],
  });
}

export function sli({ slos }: Lab) {
  return number({
    title: "SLI",
    description: "What share was good over the SLO's whole period. Compare it with the objective beside it.",
    unit: "percentunit",
    decimals: 3,
    queries: [
      now(
        everySlo(slos, ({ ratio }) => `${ratio}${chosen}`),
        "{{slo}}",
      ),
    ],
  });
}

export function oneBudget({ slos }: Lab) {
  return dial(
    {
      title: "Budget left",
      description: "Negative: more was bad than the objective allows. Below 25 % put off what is risky.",
      unit: "percentunit",
      decimals: 1,
      queries: [
        now(
          everySlo(slos, ({ sli }) => `${sloSeries.remaining(sli)}${chosen}`),
          "{{slo}}",
        ),
      ],
      steps: budgetSteps,
      runbook: "ErrorBudgetLow",
    },
    -1,
    1,
  );
}

export function burnOfOne({ slos }: Lab) {
  const [fastest] = tiers;
  const window = fastest?.longSeconds ?? HOUR;
  return number({
    title: `Burn rate, ${duration(window)}`,
    description: "How many times faster than it may the budget burns. At 1 it lasts exactly the period.",
    unit: "suffix: ×",
    decimals: 2,
    queries: [
      now(
        everySlo(slos, ({ sli }) => `${sloSeries.burnRate(sli, window)}${chosen}`),
        "{{slo}}",
      ),
    ],
    ...(fastest === undefined ? {} : { steps: burnSteps(fastest) }),
    runbook: "ErrorBudgetBurnRateCritical",
  });
}

export function exhaustionOfOne({ slos }: Lab) {
  return number({
    title: "Budget lasts",
    description: "How long the rest lasts at the burn rate of the last hour. Under five days look today.",
    unit: "s",
    decimals: 1,
    queries: [
      now(
        everySlo(slos, (family) => secondsLeft(family, HOUR, chosen)),
        "{{slo}}",
      ),
    ],
    steps: exhaustionSteps,
    states: lastsStates(slos),
  });
}

/** Both windows of a tier beside its threshold: somebody is told while both are above the dashed line. */
export function burnRate({ slos }: Lab, tier: Tier) {
  const [long, short] = [duration(tier.longSeconds), duration(tier.shortSeconds)];
  const who = isPage(tier) ? "Somebody is paged" : "A ticket is opened";
  const series = (window: number): string =>
    everySlo(slos, ({ sli }) => `${sloSeries.burnRate(sli, window)}${chosen}`);
  return graph({
    title: `Burn rate: ${long} and ${short} against ${decimal(tier.factor)}`,
    description:
      `${who} while both lines are above the dashed one (tier ${tier.name}). The ${short} line is the first to fall ` +
      "when a fix works. Click a peak for the logs of that time.",
    unit: "suffix: ×",
    queries: [over(series(tier.longSeconds), long), over(series(tier.shortSeconds), short)],
    steps: [colour.good, [tier.factor, tierColour(tier)]],
    overrides: [paint(long, colour.plain), paint(short, "light-blue"), dashed(short)],
    runbook: isPage(tier) ? "ErrorBudgetBurnRateCritical" : "ErrorBudgetBurnRateWarning",
  })
    .min(0)
    .axisSoftMax(tier.factor * 1.25);
}

export function budgetOfOne({ slos }: Lab) {
  return graph({
    title: "Budget left of $slo",
    description: "Where it fell is where the budget went. Below the red line the objective is missed.",
    unit: "percentunit",
    queries: [
      over(
        everySlo(slos, ({ sli }) => `${sloSeries.remaining(sli)}${chosen}`),
        "{{slo}}",
      ),
    ],
    steps: budgetSteps,
    runbook: "ErrorBudgetExhausted",
  })
    .axisSoftMin(0)
    .axisSoftMax(1);
}

export function events({ slos }: Lab) {
  const of = (series: (sli: string, window: number) => string): string =>
    everySlo(slos, ({ sli }) => `${series(sli, HOUR)}${chosen}`);
  return graph({
    title: "Events in an hour",
    description:
      "All events, and the bad ones, of the last hour. Little traffic makes burn rates jumpy: a handful of bad events " +
      "at night is not an outage.",
    unit: "short",
    queries: [over(of(sloSeries.total), "all"), over(of(sloSeries.bad), "bad")],
    overrides: [paint("all", colour.plain), paint("bad", colour.page)],
  }).min(0);
}
