/** Grafana's transformations, as far as dashboards of tables need them. */
import { z } from "zod";
import type { Transformation } from "../schema/panel.ts";
import type { Field, Frame, Value } from "./frame.ts";
import { rowsOf } from "./frame.ts";

type Step = (frames: readonly Frame[], options: unknown) => Frame[];

const organizeSchema = z.looseObject({
  excludeByName: z.record(z.string(), z.boolean()).prefault({}),
  includeByName: z.record(z.string(), z.boolean()).prefault({}),
  indexByName: z.record(z.string(), z.number()).prefault({}),
  renameByName: z.record(z.string(), z.string()).prefault({}),
});
const sortSchema = z.looseObject({
  sort: z.array(z.looseObject({ field: z.string(), desc: z.boolean().optional() })).prefault([]),
});
const limitSchema = z.looseObject({ limitField: z.coerce.number().int().min(1).prefault(10) });
const joinSchema = z.looseObject({ byField: z.string().optional() });

const STEPS: Readonly<Record<string, Step>> = {
  merge: (frames) => merge(frames),
  joinByField: (frames, options) => {
    const { byField } = joinSchema.parse(options ?? {});
    return merge(frames, byField);
  },
  organize: (frames, options) => {
    const settings = organizeSchema.parse(options ?? {});
    return frames.map((frame) => organize(frame, settings));
  },
  sortBy: (frames, options) => {
    const [by] = sortSchema.parse(options ?? {}).sort;
    return by === undefined
      ? [...frames]
      : frames.map((frame) => sortFrame(frame, by.field, by.desc ?? false));
  },
  limit: (frames, options) => {
    const { limitField } = limitSchema.parse(options ?? {});
    return frames.map((frame) => pick(frame, indexes(frame).slice(0, limitField)));
  },
};

/**
 * Applies the transformations in order.
 *
 * @returns the frames, and the ids of transformations that are unknown or whose options have another form.
 */
export function transform(
  frames: readonly Frame[],
  transformations: readonly Transformation[],
): { readonly frames: Frame[]; readonly unknown: string[] } {
  const unknown: string[] = [];
  let current = named(frames);
  for (const { id, options, disabled } of transformations) {
    if (disabled === true) continue;
    try {
      const step = Object.hasOwn(STEPS, id) ? STEPS[id] : undefined;
      if (step === undefined) unknown.push(id);
      else current = step(current, options);
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      unknown.push(id);
    }
  }
  return { frames: current, unknown };
}

/** With one table alone its value is called `Value`, as in Grafana. */
function named(frames: readonly Frame[]): Frame[] {
  if (frames.length !== 1) return [...frames];
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) =>
      field.name === `Value #${frame.refId}` ? { ...field, name: "Value" } : field,
    ),
  }));
}

/** One table out of several: rows that agree in every column that they share (time and values apart) become one. */
function merge(frames: readonly Frame[], by?: string): Frame[] {
  const [first] = frames;
  if (first === undefined || frames.length === 1) return [...frames];
  const fields = new Map<string, Field>();
  for (const field of frames.flatMap((frame) => frame.fields))
    if (!fields.has(field.name)) fields.set(field.name, field);
  const isKey = ({ name, type }: Field): boolean => (by === undefined ? type === "string" : name === by);
  const rows = new Map<string, Map<string, Value>>();
  for (const frame of frames)
    for (const row of indexes(frame)) {
      const key = JSON.stringify(
        frame.fields
          .filter(isKey)
          .map(({ name, values }) => [name, values[row] ?? null])
          .toSorted(([a], [b]) => String(a).localeCompare(String(b), "en")),
      );
      const known = rows.get(key) ?? new Map<string, Value>();
      for (const { name, values } of frame.fields)
        if ((values[row] ?? null) !== null) known.set(name, values[row] ?? null);
      rows.set(key, known);
    }
  const all = [...rows.values()];
  return [
    {
      refId: first.refId,
      fields: [...fields.values()].map((field) =>
        withValues(
          field,
          all.map((row) => row.get(field.name) ?? null),
        ),
      ),
    },
  ];
}

function organize(
  frame: Frame,
  { excludeByName, includeByName, indexByName, renameByName }: z.output<typeof organizeSchema>,
): Frame {
  const included = Object.keys(includeByName).length === 0 ? null : includeByName;
  const fields = frame.fields
    .filter(({ name }) => excludeByName[name] !== true && (included === null || included[name] === true))
    .map((field, at) => ({ field, order: indexByName[field.name] ?? 1000 + at }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ field }) => {
      const renamed = renameByName[field.name];
      return renamed ? Object.assign({}, field, { renamed }) : field;
    });
  return { ...frame, fields };
}

function sortFrame(frame: Frame, name: string, desc: boolean): Frame {
  const values = frame.fields.find((field) => field.renamed === name || field.name === name)?.values;
  if (values === undefined) return frame;
  return pick(frame, sortedIndexes(values, desc));
}

/** The rows in order of a column's values; what has no value comes last either way. */
export function sortedIndexes(values: readonly Value[], desc: boolean): number[] {
  return values
    .map((value, at) => ({ value, at }))
    .toSorted((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      const order =
        typeof a.value === "number" && typeof b.value === "number"
          ? a.value - b.value
          : String(a.value).localeCompare(String(b.value), "en", { numeric: true });
      return desc ? -order : order;
    })
    .map(({ at }) => at);
}

/** The frame with these rows, in this order. */
export function pick(frame: Frame, rows: readonly number[]): Frame {
  return {
    ...frame,
    fields: frame.fields.map((field) => ({ ...field, values: rows.map((row) => field.values[row] ?? null) })),
  };
}

function withValues(field: Field, values: readonly Value[]): Field {
  return { ...field, values };
}

function indexes(frame: Frame): number[] {
  return Array.from({ length: rowsOf(frame) }, (_, at) => at);
}
