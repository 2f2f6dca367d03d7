import { readFileSync } from "node:fs";
import { z } from "zod";

const sloSchema = z.object({
  slo: z.string(),
  service: z.string(),
  sli: z.string(),
  title: z.string(),
  target: z.number(),
  tiers: z.array(
    z.object({
      name: z.string(),
      severity: z.enum(["critical", "warning"]),
      factor: z.number(),
      longSeconds: z.number(),
      shortSeconds: z.number(),
      forSeconds: z.number().exactOptional(),
    }),
  ),
  series: z.object({ remaining: z.string(), ratio: z.string() }),
});
const fileSchema = z.object({ slos: z.array(sloSchema) });

/** What the compiler says of an SLO; times in seconds at real scale, `series` by their names over the whole period. */
export type SloFacts = z.output<typeof sloSchema>;

/** Reads what the compiler generated from `monitoring/slo`. @throws Error when the file is missing or of another form. */
export function readSloFacts(): SloFacts[] {
  const file = new URL("../generated/slos.json", import.meta.url);
  return fileSchema.parse(JSON.parse(readFileSync(file, "utf8"))).slos;
}
