import { duration, HOUR } from "../../compiler/duration.ts";
import { label } from "../../compiler/names.ts";
import { defaultTiers, isPage, tiersFor } from "../../compiler/windows.ts";
import { ASSUMED_PERIOD } from "../limits.ts";
import type { ActiveAlert } from "./prometheus.ts";
import type { Reading, SeriesKind } from "./series.ts";

/** One alert tier of one SLO: how near its threshold the burn rate is, and what its alert does. */
export interface TierReading {
  readonly name: string;
  readonly severity: "critical" | "warning";
  readonly factor: number;
  readonly longWindow: string;
  readonly shortWindow: string;
  readonly longBurn: number | null;
  readonly shortBurn: number | null;
  /** The smaller of both burn rates over the factor: the alert's condition holds above 1. */
  readonly share: number | null;
  readonly alert: "quiet" | "pending" | "firing";
}

export interface SloRow {
  readonly service: string;
  readonly slo: string;
  readonly sli: string | null;
  /** Shares, 0 to 1; the budget left may be negative. */
  readonly objective: number | null;
  readonly ratio: number | null;
  readonly budgetLeft: number | null;
  readonly period: string;
  readonly badEvents: number | null;
  readonly totalEvents: number | null;
  readonly burn: readonly { readonly window: string; readonly rate: number }[];
  readonly burnHour: number | null;
  readonly tiers: readonly TierReading[];
  /** Seconds until the budget is spent at the last hour's rate; 0 when it is; null while it lasts. */
  readonly exhaustedInSeconds: number | null;
  readonly state: "page" | "ticket" | "pending" | "ok" | "no data";
}

const STATES: readonly SloRow["state"][] = ["page", "ticket", "pending", "no data", "ok"];

/**
 * Joins what Prometheus recorded and alerts of into one row an SLO, the worst first: by alert, then by budget left.
 *
 * @param timeScale how many times faster than real the stack runs; the time to exhaustion is in real seconds.
 */
export function sloRows(
  readings: readonly Reading[],
  alerts: readonly ActiveAlert[],
  timeScale: number,
): SloRow[] {
  const bySlo = Map.groupBy(readings, ({ service, slo }) => JSON.stringify([service, slo]));
  const rows = bySlo.values().map((readings) => rowOf(readings, alerts, timeScale));
  return rows
    .toArray()
    .toSorted(
      (a, b) =>
        STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
        (a.budgetLeft ?? 1) - (b.budgetLeft ?? 1) ||
        `${a.service} ${a.slo}`.localeCompare(`${b.service} ${b.slo}`),
    );
}

function rowOf(readings: readonly Reading[], alerts: readonly ActiveAlert[], timeScale: number): SloRow {
  const [{ service, slo }] = readings as [Reading];
  const own = alerts.filter(({ labels }) => labels[label.service] === service && labels[label.slo] === slo);
  // The longest window is the SLO's period; a calendar period has none and stands above all of them.
  const longest = (kind: SeriesKind): Reading | undefined =>
    readings
      .filter((reading) => reading.kind === kind)
      .toSorted((a, b) => (b.window ?? Infinity) - (a.window ?? Infinity))[0];
  const period = longest("ratio")?.window ?? ASSUMED_PERIOD;
  const burn = new Map(
    readings.filter(({ kind }) => kind === "burn").map(({ window, value }) => [window ?? period, value]),
  );
  const tiers = tiersFor(defaultTiers, period).map((tier): TierReading => {
    const longBurn = burn.get(tier.longSeconds) ?? null;
    const shortBurn = burn.get(tier.shortSeconds) ?? null;
    const share =
      longBurn === null || shortBurn === null ? null : Math.min(longBurn, shortBurn) / tier.factor;
    const alert = own.filter(({ labels }) => labels[label.tier] === tier.name).map(({ state }) => state);
    return {
      name: tier.name,
      severity: tier.severity,
      factor: tier.factor,
      longWindow: duration(tier.longSeconds),
      shortWindow: duration(tier.shortSeconds),
      longBurn,
      shortBurn,
      share,
      alert: alert.includes("firing") ? "firing" : (alert[0] ?? "quiet"),
    };
  });
  const ratio = longest("ratio")?.value ?? null;
  const budgetLeft = longest("remaining")?.value ?? null;
  const burnHour = burn.get(HOUR) ?? null;
  return {
    service,
    slo,
    sli: readings.find(({ sli }) => sli !== null)?.sli ?? null,
    objective: longest("objective")?.value ?? null,
    ratio,
    budgetLeft,
    period: duration(period),
    badEvents: longest("bad")?.value ?? null,
    totalEvents: longest("total")?.value ?? null,
    burn: [...burn]
      .toSorted(([a], [b]) => a - b)
      .map(([window, rate]) => ({ window: duration(window), rate })),
    burnHour,
    tiers,
    exhaustedInSeconds: exhaustion(budgetLeft, burnHour, period / timeScale),
    state: stateOf(own, ratio === null && budgetLeft === null),
  };
}

/** A burn rate of 1 spends the whole budget in one period, so what is left lasts `left × period ÷ rate`. */
function exhaustion(left: number | null, rate: number | null, periodSeconds: number): number | null {
  if (left !== null && left <= 0) return 0;
  return left === null || rate === null || rate <= 1 ? null : (left * periodSeconds) / rate;
}

function stateOf(alerts: readonly ActiveAlert[], blind: boolean): SloRow["state"] {
  const firing = alerts.filter(({ state }) => state === "firing");
  if (firing.some(({ labels }) => isPage({ severity: labels[label.severity] }))) return "page";
  if (firing.length > 0) return "ticket";
  if (alerts.length > 0) return "pending";
  return blind ? "no data" : "ok";
}
