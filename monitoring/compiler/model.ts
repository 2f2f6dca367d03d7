/**
 * What the compiler knows of one SLO once OpenSLO's seven kinds have been read, checked and joined. The front
 * (`openslo/`) makes it; everything behind it (`rules/`, `emit/`, `explain/`) reads it and never sees YAML.
 */
import type { Tier } from "./windows.ts";

/** A set of events, counted by PromQL. */
export interface EventCount {
  /**
   * PromQL: an instant vector selector, such as `http_requests_total{service="order"}`; the compiler adds range
   * and `sum`. With `$window` in it, a whole expression that gives the number of events in that window.
   */
  readonly query: string;
  /** True: a counter, so events = `increase`. False: a gauge of events per sample, so events = `sum_over_time`. */
  readonly counter: boolean;
}

/** How events, or moments, are told apart as good and bad. */
export type Indicator =
  /** Events; exactly one of `good` and `bad` is given. A histogram threshold arrives here as its bucket and count. */
  | { readonly kind: "events"; readonly good: EventCount; readonly bad?: never; readonly total: EventCount }
  | { readonly kind: "events"; readonly bad: EventCount; readonly good?: never; readonly total: EventCount }
  /** A ready-made ratio, sampled: every sample weighs the same. */
  | { readonly kind: "ratio-samples"; readonly query: string; readonly rawType: "success" | "failure" }
  /** A gauge compared with a value: a sample is good when `sample op value` holds. */
  | {
      readonly kind: "threshold-samples";
      readonly query: string;
      readonly op: "lte" | "gte" | "lt" | "gt";
      readonly value: number;
    };

export type Budgeting =
  | { readonly method: "Occurrences" }
  /** A slice is good when the good share of its events is at least `sliceTarget`; an idle slice is good. */
  | { readonly method: "Timeslices"; readonly sliceSeconds: number; readonly sliceTarget: number }
  /** The mean of the slices' good shares; idle slices are left out of the mean. */
  | { readonly method: "RatioTimeslices"; readonly sliceSeconds: number };

export type SloWindow =
  | { readonly kind: "rolling"; readonly seconds: number }
  | {
      readonly kind: "calendar";
      readonly count: number;
      readonly unit: "d" | "w" | "M" | "Q" | "Y";
      /** The start of one period, `YYYY-MM-DD hh:mm:ss` in `timeZone`; the others follow by calendar arithmetic. */
      readonly start: string;
      readonly timeZone: string;
      /** The nominal length, for factors and explanations: M = 30 d, Q = 90 d, Y = 365 d (OpenSLO's SDK). */
      readonly seconds: number;
    };

export interface Alerting {
  /** Worst first. Empty when the SLO asks for no burn-rate alert. */
  readonly tiers: readonly Tier[];
  /** Alert when the SLI's total series is gone (never when it merely counts no events). */
  readonly whenNoData: boolean;
  /** Burn-rate alerts need at least this many events in the long window; 0 turns the guard off. */
  readonly minimumEvents: number;
  /** Labels for routing that SLO metadata asks for; every alert of the SLO carries them. */
  readonly routing: Readonly<Record<string, string>>;
  /** Pages of the user's own that take the place of the generated annotations. */
  readonly links?: Links;
}

/** Absolute http(s) URLs. */
export interface Links {
  readonly runbook?: string;
  readonly dashboard?: string;
  readonly logs?: string;
}

export interface Slo {
  /** `metadata.name`, with the objective's number or name behind it where an SLO has several. Unique. */
  readonly name: string;
  readonly service: string;
  /** The word in the recorded series' names: `availability`, `latency` or the user's own; `[a-z][a-z0-9_]*`. */
  readonly sli: string;
  readonly displayName: string;
  readonly description: string;
  /** The target as a share, above 0 and below 1. */
  readonly target: number;
  readonly indicator: Indicator;
  readonly budgeting: Budgeting;
  readonly window: SloWindow;
  readonly alerting: Alerting;
  /** Where a person may change it. */
  readonly source: { readonly file: string; readonly line: number };
}
