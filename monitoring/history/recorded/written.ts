/** A series of the past, ready to be written. */
import type { Labels } from "../model/counters.ts";

export interface WrittenSeries {
  readonly metric: string;
  readonly labels: Labels;
  /** Indexes of the grid, ascending. */
  readonly indexes: Int32Array;
  /** What it shows at each of them. */
  readonly values: Float64Array;
}

/** A range of the grid, both ends included. */
export interface Range {
  readonly from: number;
  readonly to: number;
}
