/**
 * Pieces that every OpenSLO kind shares. Schemas say shapes only (fields, types, enums, limits), so that one wrong
 * field hides no other; what fields mean together is checked by `convert/`. They transform nothing.
 */
import { z } from "zod";

/** Optional fields may also be left empty (`alertPolicies:`), which YAML reads as null and Kubernetes as absent. */
export function optional<T extends z.ZodType>(schema: T): z.ZodOptional<z.ZodNullable<T>> {
  return schema.nullish();
}

/** What a text must look like, by the code that a schema gives; `issues.ts` prints it. */
export const formats = {
  duration: {
    want: "a whole number and one of m h d w M Q Y, such as 30d",
    remedy: "m is minutes and M is months; write one number and one letter without a space",
  },
  delay: { want: "a whole number and one of m h d w M Q Y, such as 5m", remedy: "0m means at once" },
  "label-key": {
    want: "at most 63 letters, digits, dots, dashes and underscores, with a letter or digit at both ends",
    remedy: "Rename the label",
  },
  "label-value": { want: "text or a list of texts", remedy: "Put numbers and booleans in quotes" },
  "annotation-key": {
    want: "at most 63 letters, digits, dots, dashes and underscores, and before them, if wanted, a DNS name and a slash",
    remedy: "Rename the annotation",
  },
  "slice-window": {
    want: "a duration such as 1m",
    remedy: "Write a whole number and one of m h d w M Q Y",
  },
} as const;

export type FormatName = keyof typeof formats;

export const duration = z.string().regex(/^[1-9]\d*[mhdwMQY]$/, { error: "duration" satisfies FormatName });

export const delay = z.string().regex(/^\d+[mhdwMQY]$/, { error: "delay" satisfies FormatName });

export const description = z.string().max(1050);

export const operator = z.enum(["lte", "gte", "lt", "gt"]);

const labelKey = z
  .string()
  .regex(/^[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/, { error: "label-key" satisfies FormatName });

const annotationKey = z
  .string()
  .regex(
    /^(?=.{1,253}\/|[^/]*$)([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\/)?[a-zA-Z0-9]([-._a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/,
    { error: "annotation-key" satisfies FormatName },
  );

export const metadata = z.strictObject({
  name: z.string().min(1),
  displayName: optional(z.string()),
  labels: optional(
    z.record(
      labelKey,
      z.union([z.string(), z.array(z.string())], { error: "label-value" satisfies FormatName }),
    ),
  ),
  annotations: optional(z.record(annotationKey, z.string())),
});

export type Metadata = z.infer<typeof metadata>;

/**
 * Wraps a spec into a whole object.
 *
 * @param kind the object's kind.
 * @param spec the schema of its `spec`.
 */
export function object<K extends string, S extends z.ZodType>(
  kind: K,
  spec: S,
): z.ZodObject<{
  apiVersion: z.ZodString;
  kind: z.ZodLiteral<K>;
  metadata: typeof metadata;
  spec: S;
}> {
  return z.strictObject({ apiVersion: z.string(), kind: z.literal(kind), metadata, spec });
}
