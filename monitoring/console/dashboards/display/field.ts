/** Which name and which configuration a field has, once defaults and overrides are applied (Grafana's field overrides). */
import type { FieldConfig, FieldConfigSource, Override } from "../schema/field-config.ts";
import type { Field, Frame } from "../data/frame.ts";
import { fieldOf } from "../data/frame.ts";

/** A field that is ready to be shown. */
export interface Shown {
  readonly field: Field;
  readonly frame: Frame;
  readonly name: string;
  readonly config: FieldConfig;
}

/** Every field of the frames with its name and configuration. */
export function showFields(frames: readonly Frame[], source: FieldConfigSource): Shown[] {
  return frames.flatMap((frame) => frame.fields.map((field) => showField(frame, field, source)));
}

export function showField(frame: Frame, field: Field, { defaults, overrides }: FieldConfigSource): Shown {
  const plain = plainName(frame, field);
  const matching = overrides.filter((override) => matches(override, frame, field, plain));
  const config = matching.reduce(withOverride, defaults);
  const name = config.displayName ? fillName(config.displayName, field, plain) : plain;
  return { field, frame, name, config };
}

/** The name before any configuration: the legend, or the field's own name with the frame's where that tells more. */
function plainName(frame: Frame, field: Field): string {
  if (field.renamed !== undefined) return field.renamed;
  if (field.legend !== undefined) return field.legend;
  const isSeries = frame.fields.length === 2 && fieldOf(frame, "time") !== undefined;
  return isSeries && field.type === "number" && field.name === "Value" ? frame.refId : field.name;
}

function matches({ matcher }: Override, frame: Frame, field: Field, name: string): boolean {
  switch (matcher.id) {
    case "byName":
      return matcher.options === name || matcher.options === field.name;
    case "byNames":
      return (
        (matcher.options.names.includes(name) || matcher.options.names.includes(field.name)) !==
        (matcher.options.mode === "exclude")
      );
    case "byRegexp":
      return expression(matcher.options)?.test(name) ?? false;
    case "byType":
      return matcher.options === field.type;
    case "byFrameRefID":
      return matcher.options === frame.refId;
    default:
      return matcher satisfies never;
  }
}

/** `/^p9/i` or `^p9`. */
export function expression(text: string): RegExp | undefined {
  const [, source = text, flags = ""] = /^\/(.*)\/([a-z]*)$/s.exec(text) ?? [];
  try {
    return new RegExp(source, flags.replace("g", ""));
  } catch {
    return undefined;
  }
}

function withOverride(config: FieldConfig, { properties }: Override): FieldConfig {
  const own: Record<string, unknown> = { ...config };
  for (const { id, value } of properties) {
    if (id.startsWith("custom."))
      own["custom"] = { ...(own["custom"] as object | undefined), [id.slice(7)]: value };
    else own[id] = value;
  }
  // The schema has checked each value against its own property.
  return own;
}

function fillName(template: string, { labels, name }: Field, plain: string): string {
  return template.replaceAll(
    /\$\{__field\.labels\.([\w.]+)\}|\$\{__(?:field\.name|series\.name|field\.displayName)\}/g,
    (whole: string, label: string | undefined) =>
      label !== undefined ? (labels[label] ?? "") : whole.includes("field.name") ? name : plain,
  );
}
