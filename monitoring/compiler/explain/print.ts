import { decimal } from "../decimal.ts";
import { duration, HOUR } from "../duration.ts";
import { errorRatios } from "./explain.ts";
import type { SloExplanation, TierExplanation } from "./explain.ts";
import { grouped, listed, percent, percentAtLeast, time } from "./format.ts";
import { table } from "./table.ts";

/**
 * Prints an explanation for people.
 *
 * @returns several lines, without a newline at the end.
 */
export function printExplanation(slo: SloExplanation): string {
  const head = [
    `${slo.name} (service ${slo.service}, ${slo.source.file}:${slo.source.line})`,
    ...windowWords(slo).map((line) => `  ${line}`),
    `  Error budget ${percent(slo.budget.share)}: ${budgetWords(slo)}`,
  ];
  if (slo.tiers.length === 0) return [...head, "", "  No burn-rate alert is asked for."].join("\n");
  return [...head, "", ...alertTable(slo), "", ...trialTables(slo), ...neverLines(slo)].join("\n");
}

const METHODS = {
  Occurrences: "events",
  Timeslices: "good slices of time",
  RatioTimeslices: "the mean of slices of time",
} as const;

/** A calendar window has a line more: which period it is now. */
function windowWords({ target, method, window, period }: SloExplanation): string[] {
  const good = `${percent(target)} good over`;
  const counted = `counted by ${METHODS[method]}`;
  if (window.kind === "rolling" || period === undefined) {
    return [`${good} ${duration(window.seconds)}, rolling, ${counted}`];
  }
  const local = (seconds: number): string =>
    new Date(seconds * 1000).toLocaleString("sv-SE", { timeZone: window.timeZone });
  return [
    `${good} ${window.count}${window.unit} by the calendar of ${window.timeZone}, ${counted}`,
    `This period: ${local(period.start)} to ${local(period.end)}, ${time(period.end - period.start)}; ` +
      `the burn rates of the alerts suppose ${time(window.seconds)}`,
  ];
}

function budgetWords({ budget, budget: { slices } }: SloExplanation): string {
  const outage = `${time(budget.seconds)} of full outage`;
  if (slices === undefined) return `${outage}, or ${grouped(budget.eventsPerMillion)} of 1,000,000 events`;
  const pass = Math.floor(slices.bad);
  return `${outage}, or ${grouped(slices.bad)} of ${grouped(slices.total)} slices: ${grouped(pass)} bad ones pass, ${grouped(pass + 1)} fail`;
}

function alertTable({ tiers, method }: SloExplanation): string[] {
  const share = method === "Timeslices" ? "bad slices" : "errors";
  const rows = tiers.map((tier) => [
    tier.name,
    tier.severity,
    `${duration(tier.longSeconds)} and ${duration(tier.shortSeconds)}`,
    `> ${decimal(tier.factor)}`,
    `> ${percent(tier.threshold)}`,
    percent(tier.budgetSpentAtDetection),
    time(tier.exhaustionSeconds),
  ]);
  return table([["tier", "severity", "windows", "burn rate", share, "budget gone", "budget lasts"], ...rows]);
}

function trialTables({ tiers }: SloExplanation): string[] {
  const ratios = errorRatios.map(percent);
  return [
    ...table([["fires after", ...ratios], ...tiers.map((tier) => [tier.name, ...fires(tier)])]),
    "",
    ...table([
      ["clears after", ...ratios, "100 %, without the short window"],
      ...tiers.map((tier) => [tier.name, ...clears(tier)]),
    ]),
  ];
}

function fires({ trials }: TierExplanation): string[] {
  return trials.map(({ firesAfterSeconds }) => time(firesAfterSeconds));
}

function clears({ trials }: TierExplanation): string[] {
  const withoutShort = trials[0]?.clearsAfterSecondsWithoutShortWindow ?? null;
  return [
    ...trials.map(({ clearsAfterSeconds }) => (clearsAfterSeconds === null ? "-" : time(clearsAfterSeconds))),
    withoutShort === null ? "-" : time(withoutShort, { hoursFrom: HOUR }),
  ];
}

/** Why there is a `never` in the table. */
function neverLines({ tiers, method }: SloExplanation): string[] {
  const lines = tiers.flatMap((tier) => {
    const never = tier.trials.filter(({ firesAfterSeconds }) => firesAfterSeconds === null);
    if (!tier.canFire) {
      const needed = percentAtLeast(tier.lowestReachableTarget);
      return `  ${tier.name} can never fire: that takes a burn rate above ${decimal(tier.factor)}, so a target above ${needed}.`;
    }
    if (never.length === 0) return [];
    const ratios = listed(
      never.map(({ errorRatio }) => percent(errorRatio)),
      "and",
    );
    const reason =
      method === "Timeslices"
        ? "slices with so few errors are good"
        : `that is not above its threshold of ${percent(tier.threshold)}`;
    return `  ${tier.name} never fires at ${ratios}: ${reason}.`;
  });
  return lines.length === 0 ? [] : ["", ...lines];
}
