/** How one value looks: its text and colour, by mappings, thresholds and unit (Grafana's display processor). */
import type { Value } from "../data/frame.ts";
import type { FieldConfig, Mapping, Thresholds } from "../schema/field-config.ts";
import { colorOf, seriesColor } from "./colors.ts";
import type { Color } from "./colors.ts";
import { expression } from "./field.ts";
import { formatValue } from "../../static/dashboards/units.js";

export interface Display {
  readonly text: string;
  /** Null where nothing gives it one. */
  readonly color: Color | null;
}

/** @param index the field's place among its like, for palettes. */
export function display(value: Value, config: FieldConfig, index = 0): Display {
  const mapped = config.mappings
    ?.map((mapping) => mappedBy(mapping, value))
    .find((result) => result !== undefined);
  const color = mapped?.color === undefined ? colorFor(value, config, index) : colorOf(mapped.color);
  return { text: mapped?.text ?? textOf(value, config), color };
}

export function textOf(value: Value, config: FieldConfig): string {
  if (value === null || (typeof value === "number" && Number.isNaN(value))) return config.noValue ?? "–";
  return typeof value === "string" ? value : formatValue(value, config.unit, config.decimals ?? undefined);
}

/** The colour of a series or of a value; null when neither a palette nor a threshold speaks. */
export function colorFor(value: Value, config: FieldConfig, index: number): Color | null {
  const mode = config.color?.mode ?? "thresholds";
  if (mode === "fixed") return colorOf(config.color?.fixedColor ?? "gray");
  if (mode.startsWith("palette-")) return seriesColor(index);
  if (mode === "shades") return colorOf(config.color?.fixedColor ?? "blue");
  return typeof value === "number" && !Number.isNaN(value) ? thresholdColor(value, config) : null;
}

/** A threshold with its value in the field's own unit; the base has none. */
export interface Step {
  readonly value: number | null;
  readonly color: Color;
}

/** The thresholds as absolute values: percentages are of `min` to `max`. */
export function stepsOf({ thresholds, min, max }: Pick<FieldConfig, "thresholds" | "min" | "max">): Step[] {
  const low = min ?? 0;
  const high = max ?? 100;
  const absolute = (value: number): number =>
    thresholds?.mode === "percentage" ? low + ((high - low) * value) / 100 : value;
  return (thresholds?.steps ?? []).map(({ value, color }, at) => ({
    value: at === 0 || value == null ? null : absolute(value),
    color: colorOf(color),
  }));
}

/** Whether a configuration says more than that everything is green. */
export function hasThresholds(thresholds: Thresholds | undefined): boolean {
  return (thresholds?.steps.length ?? 0) > 1;
}

function thresholdColor(value: number, config: FieldConfig): Color | null {
  return stepsOf(config).findLast((step) => step.value === null || value >= step.value)?.color ?? null;
}

type Result = { readonly text?: string | undefined; readonly color?: string | undefined };

function mappedBy(mapping: Mapping, value: Value): Result | undefined {
  switch (mapping.type) {
    case "value": {
      const key = String(value);
      return Object.hasOwn(mapping.options, key) ? mapping.options[key] : undefined;
    }
    case "range": {
      const { from, to, result } = mapping.options;
      const inside =
        typeof value === "number" &&
        value >= (from ?? Number.NEGATIVE_INFINITY) &&
        value <= (to ?? Number.POSITIVE_INFINITY);
      return inside ? result : undefined;
    }
    case "regex": {
      const { pattern, result } = mapping.options;
      const found = value === null ? null : (expression(pattern)?.exec(String(value)) ?? null);
      if (found === null) return undefined;
      return {
        ...result,
        text: result.text?.replaceAll(/\$(\d)/g, (_, at: string) => found[Number(at)] ?? ""),
      };
    }
    case "special":
      return special(mapping.options.match, value) ? mapping.options.result : undefined;
    default:
      return mapping satisfies never;
  }
}

function special(match: string, value: Value): boolean {
  const missing = value === null;
  const noNumber = typeof value === "number" && Number.isNaN(value);
  switch (match) {
    case "null":
      return missing;
    case "nan":
      return noNumber;
    case "null+nan":
      return missing || noNumber;
    case "empty":
      return value === "";
    default:
      return String(value) === match;
  }
}
