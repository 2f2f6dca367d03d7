import { readFileSync, readdirSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const rule = z.object({
  record: z.string().optional(),
  alert: z.string().optional(),
  annotations: z.object({ runbook_url: z.string() }).optional(),
});
const schema = z.object({ groups: z.array(z.object({ rules: z.array(rule) })) });

/** A rule of the generated files, as far as the tests of what is written by hand look at it. */
type GeneratedRule = z.infer<typeof rule>;

/** Names of series that the compiler records, wherever they stand in a text: told by the first part. */
export const recordedSeries = /\b(?:app|app_\w+|node|container|slo):[\w:]+/g;

/** Every rule of monitoring/generated/rules. */
export function generatedRules(): GeneratedRule[] {
  const folder = new URL("../generated/rules/", import.meta.url);
  return readdirSync(folder)
    .flatMap((file) => schema.parse(parse(readFileSync(new URL(file, folder), "utf8"))).groups)
    .flatMap((group) => group.rules);
}

/** The name of every series that the compiler records. */
export function recordedNames(): ReadonlySet<string> {
  return new Set(generatedRules().flatMap(({ record }) => record ?? []));
}
