/** The only file that spells the names of recorded series, alerts and their labels. Dashboards and tests import it. */
import { duration } from "./duration.ts";

export const label = {
  service: "service",
  slo: "slo",
  sli: "sli",
  tier: "slo_tier",
  severity: "severity",
  category: "category",
  longWindow: "long_window",
  shortWindow: "short_window",
} as const;

export const alertName = {
  burnRateCritical: "ErrorBudgetBurnRateCritical",
  burnRateWarning: "ErrorBudgetBurnRateWarning",
  exhausted: "ErrorBudgetExhausted",
  low: "ErrorBudgetLow",
  noData: "SloNoData",
} as const;

/** Series of one SLI family, such as `availability`; every `window` is in seconds. */
export const sloSeries = {
  bad: (sli: string, window: number): string => `slo:${sli}:bad:increase${duration(window)}`,
  total: (sli: string, window: number): string => `slo:${sli}:total:increase${duration(window)}`,
  ratio: (sli: string, window: number): string => `slo:${sli}:ratio_rate${duration(window)}`,
  burnRate: (sli: string, window: number): string => `slo:error_budget:${sli}_burn_rate${duration(window)}`,
  remaining: (sli: string): string => `slo:error_budget:${sli}_remaining`,
  /** Five-minute counts that tile the long windows: one sample every five minutes, none overlapping. */
  badTile: (sli: string): string => `slo:${sli}:bad:tile5m`,
  totalTile: (sli: string): string => `slo:${sli}:total:tile5m`,
} as const;

/** The same name for every SLO, told apart by `service` and `slo`. */
export const objectiveSeries = "slo:objective:ratio";
