import { readFileSync, readdirSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const text = z.string().min(1);
const alertSchema = z.strictObject({
  alert: text,
  expr: text,
  for: text.optional(),
  labels: z.strictObject({
    severity: z.enum(["critical", "warning", "info", "none"]),
    category: z.enum([
      "availability",
      "errors",
      "latency",
      "traffic",
      "saturation",
      "workload",
      "infrastructure",
      "meta",
    ]),
    team: z.literal("infrastructure").optional(),
  }),
  annotations: z.strictObject({ summary: text, description: text, runbook_url: z.url() }),
});
const fileSchema = z.strictObject({
  groups: z.array(z.strictObject({ name: text, rules: z.array(alertSchema).min(1) })).min(1),
});

/** A hand-written alert and where it stands. */
export type HandWrittenAlert = z.infer<typeof alertSchema> & { readonly file: string };

/** Every alert of alerts/*.yml. Throws ZodError when one lacks what an alert must have. */
export function handWrittenAlerts(): HandWrittenAlert[] {
  const folder = new URL("alerts/", import.meta.url);
  return readdirSync(folder).flatMap((file) => {
    const { groups } = fileSchema.parse(parse(readFileSync(new URL(file, folder), "utf8")));
    return groups.flatMap(({ rules }) => rules.map((rule) => ({ ...rule, file })));
  });
}
