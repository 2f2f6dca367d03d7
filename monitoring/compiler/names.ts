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
  /** Marks counts of events that have left the newest hour; see rules/windows-above-an-hour.ts. */
  part: "part",
  /** Marks counts of a calendar period: when it began, in Unix seconds. */
  periodStart: "period_start",
} as const;

/** The value of `part` on slides and tiles. */
export const olderPart = "older";

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
  /** Five-minute counts, once a minute: every event is in five of them. */
  badSlide: (sli: string): string => `slo:${sli}:bad:slide5m`,
  totalSlide: (sli: string): string => `slo:${sli}:total:slide5m`,
  /** Four-minute counts that do not overlap, laid when their events are an hour old. */
  badTile: (sli: string): string => `slo:${sli}:bad:tile4m`,
  totalTile: (sli: string): string => `slo:${sli}:total:tile4m`,
  /** Timeslices: 1 or 0 (or a share) for each slice. */
  badSlice: (sli: string): string => `slo:${sli}:bad:slice`,
  totalSlice: (sli: string): string => `slo:${sli}:total:slice`,
  /** Gauges that are judged sample by sample. */
  badSample: (sli: string): string => `slo:${sli}:bad:sample`,
  totalSample: (sli: string): string => `slo:${sli}:total:sample`,
  /** Calendar windows: the period so far, and when it began (Unix seconds). */
  badPeriod: (sli: string): string => `slo:${sli}:bad:increase_period`,
  totalPeriod: (sli: string): string => `slo:${sli}:total:increase_period`,
  ratioPeriod: (sli: string): string => `slo:${sli}:ratio_period`,
  periodStart: (sli: string): string => `slo:${sli}:period_start_seconds`,
  /** Tiles or slices that carry the start of their period as a label. */
  badPeriodPart: (sli: string): string => `slo:${sli}:bad:period_part`,
  totalPeriodPart: (sli: string): string => `slo:${sli}:total:period_part`,
} as const;

/** The same name for every SLO, told apart by `service` and `slo`. */
export const objectiveSeries = "slo:objective:ratio";

/** What a RED rule groups by, as the first part of its name; `app` is by service alone. */
export type RedLevel = "app" | "app_method" | "app_status_class" | "app_endpoint";

/** Request rate, errors and duration; every `window` is in seconds. */
export const redSeries = {
  rate: (level: RedLevel, window: number): string => `${level}:http_requests:rate${duration(window)}`,
  errorRate: (level: RedLevel, window: number): string => `${level}:http_errors:rate${duration(window)}`,
  errorRatio: (level: RedLevel, window: number): string => `${level}:http_errors:ratio${duration(window)}`,
  bucketRate: (level: RedLevel, window: number): string =>
    `${level}:http_request_duration_bucket:rate${duration(window)}`,
  quantile: (level: RedLevel, percent: number, window: number): string =>
    `${level}:http_request_duration:p${percent}_${duration(window)}`,
} as const;

/** Utilisation, saturation and errors of machines and containers; `what` is such as `cpu_utilisation`. */
export const useSeries = {
  node: (what: string, window?: number): string =>
    `node:${what}:ratio${window === undefined ? "" : duration(window)}`,
  container: (what: string, window?: number): string =>
    `container:${what}:ratio${window === undefined ? "" : duration(window)}`,
} as const;
