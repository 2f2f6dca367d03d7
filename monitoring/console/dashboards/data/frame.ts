/** What a query gives, in Grafana's terms: frames of fields of equal length. */

export type Value = number | string | null;
export type Labels = Readonly<Record<string, string>>;

export interface Field {
  /** `Time`, `Value`, or a label's name. */
  readonly name: string;
  readonly type: "time" | "number" | "string";
  readonly values: readonly Value[];
  readonly labels: Labels;
  /** What the query's legend makes of the labels. */
  readonly legend?: string;
  /** What a transformation calls it. */
  readonly renamed?: string;
}

export interface Frame {
  readonly refId: string;
  /** Times are Unix seconds. */
  readonly fields: readonly Field[];
  /** Seconds between the points of a range. */
  readonly step?: number;
}

/** The first field of a type. */
export function fieldOf(frame: Frame, type: Field["type"]): Field | undefined {
  return frame.fields.find((field) => field.type === type);
}

export function rowsOf(frame: Frame): number {
  return frame.fields[0]?.values.length ?? 0;
}
