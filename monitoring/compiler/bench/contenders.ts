/**
 * Rules of the shapes that other generators emit for the same SLO: 99.9 % of http_requests_total{service="order"} over
 * 30 days. Written by us from their documented behaviour; names are shortened where nothing depends on them.
 */
import { DAY, HOUR, MINUTE, duration } from "../duration.ts";

/** One expression, and how often it is evaluated. */
export interface MeasuredRule {
  readonly expr: string;
  readonly intervalSeconds: number;
}

export interface Contender {
  readonly name: string;
  readonly rules: readonly MeasuredRule[];
  /** PromQL for the bad share of the last 30 days, as its rules have it. */
  readonly monthlyBadShare: string;
}

const bad = (range: string): string =>
  `http_requests_total{service="order",status=~"5..",path!="unmatched"}[${range}]`;
const total = (range: string): string => `http_requests_total{service="order",path!="unmatched"}[${range}]`;

/** The interval that a group without one has: Prometheus' evaluation_interval in monitoring/prometheus. */
const globalInterval = 15;

const slothIds = `{sloth_id="order-availability",sloth_service="order",sloth_slo="availability"}`;
export const slothRatio = (window: string): string => `slo:sli_error:ratio_rate${window}`;

/** sloth: every window from raw counters; 30 days as the mean of all recorded five-minute ratios. */
export function sloth(): Contender {
  const windows = [5 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, DAY, 3 * DAY].map(duration);
  const base = `${slothRatio("5m")}${slothIds}`;
  const monthly = `sum_over_time(${base}[30d])\n/ ignoring (sloth_window)\ncount_over_time(${base}[30d])`;
  const above = (window: string, factor: number): string =>
    `max(${slothRatio(window)}${slothIds} > (${factor} * 0.001)) without (sloth_window)`;
  const alert = (fast: [string, string, number], slow: [string, string, number]): string =>
    [fast, slow]
      .map(([short, long, factor]) => `(${above(short, factor)} and ${above(long, factor)})`)
      .join("\nor\n");
  const exprs = [
    ...windows.map((window) => `(sum(rate(${bad(window)})))\n/\n(sum(rate(${total(window)})))`),
    monthly,
    "vector(0.999)",
    "vector(1-0.999)",
    "vector(30)",
    `${slothRatio("5m")}${slothIds} / on(sloth_id, sloth_slo, sloth_service) group_left slo:error_budget:ratio${slothIds}`,
    `${slothRatio("30d")}${slothIds} / on(sloth_id, sloth_slo, sloth_service) group_left slo:error_budget:ratio${slothIds}`,
    `1 - slo:period_burn_rate:ratio${slothIds}`,
    "vector(1)",
    alert(["5m", "1h", 14.4], ["30m", "6h", 6]),
    alert(["2h", "1d", 3], ["6h", "3d", 1]),
  ];
  return {
    name: "sloth's shape",
    rules: exprs.map((expr) => ({ expr, intervalSeconds: globalInterval })),
    monthlyBadShare: monthly,
  };
}

const pyrraFast = 30;
const pyrraSlow = 150;
export const pyrraIncrease = "http_requests:increase5m";

/** pyrra: windows in proportion to the period, from raw counters; 30 days from raw counters or, in performance mode, from a subquery. */
export function pyrra(mode: "accuracy" | "performance"): Contender {
  const tiers = [
    ["5m", "1h4m", 14],
    ["32m", "6h26m", 7],
    ["2h9m", "1d1h43m", 2],
    ["6h26m", "4d6h51m", 1],
  ] as const;
  const windows = [...new Set(tiers.flatMap(([short, long]) => [short, long]))];
  const burnRate = (window: string): string =>
    `http_requests:burnrate${window}{service="order",slo="availability"}`;
  const fast = [
    ...windows.map((window) => `sum(rate(${bad(window)}))\n/\nsum(rate(${total(window)}))`),
    ...tiers.map(
      ([short, long, factor]) =>
        `${burnRate(short)} > (${factor} * (1-0.999))\nand\n${burnRate(long)} > (${factor} * (1-0.999))`,
    ),
  ];
  const monthlyIncrease =
    mode === "accuracy"
      ? `sum by (status) (increase(${total("30d")}))`
      : `sum by (status) (sum_over_time(${pyrraIncrease}{service="order"}[30d:5m]))`;
  const slow = [monthlyIncrease, `absent(http_requests_total{service="order",path!="unmatched"}) == 1`];
  const perCode = `sum by (status) (increase(${total("5m")}))`;
  const rule = (intervalSeconds: number) => (expr: string) => ({ expr, intervalSeconds });
  const monthlyBad = monthlyIncrease.replace(`service="order"`, `service="order",status=~"5.."`);
  return {
    name: mode === "accuracy" ? "pyrra's shape" : "pyrra's shape, performance mode",
    rules: [
      ...fast.map(rule(pyrraFast)),
      ...slow.map(rule(pyrraSlow)),
      ...(mode === "performance" ? [rule(pyrraFast)(perCode)] : []),
    ],
    monthlyBadShare: `sum(${monthlyBad})\n/\nsum(${monthlyIncrease})`,
  };
}
