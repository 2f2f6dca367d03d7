import { readFileSync } from "node:fs";
import { z } from "zod";

const tierSchema = z.object({
  name: z.string(),
  severity: z.enum(["critical", "warning"]),
  factor: z.number(),
  longSeconds: z.number(),
  shortSeconds: z.number(),
});

const catalogueSchema = z.object({
  slos: z.array(z.object({ slo: z.string(), target: z.number(), tiers: z.array(tierSchema) })),
});

/** What an incident's arithmetic needs of an SLO. */
export interface SloFacts {
  readonly target: number;
  /** The tiers that page, worst first. */
  readonly pages: readonly z.infer<typeof tierSchema>[];
}

const catalogue = new URL("../../generated/slos.json", import.meta.url);

/** Reads an SLO's target and paging tiers from what the compiler generated. Throws RangeError for an unknown name. */
export function sloFacts(name: string): SloFacts {
  const { slos } = catalogueSchema.parse(JSON.parse(readFileSync(catalogue, "utf8")));
  const found = slos.find(({ slo }) => slo === name);
  if (found === undefined) throw new RangeError(`no SLO is named ${name}; npm run generate makes slos.json`);
  return { target: found.target, pages: found.tiers.filter(({ severity }) => severity === "critical") };
}
