import { z } from "zod";
import { services } from "../../../services/topology.ts";
import { availability, latency } from "../../compiler/emit/lab-slos.ts";
import type { Slo } from "../../compiler/model.ts";
import { readSloFacts } from "../../predict/slo-facts.ts";
import type { SloFacts } from "../../predict/slo-facts.ts";

/** The lab's SLOs as the compiler's model has them: which counters they count. */
export const labSlos: readonly Slo[] = services.flatMap(({ name }) => [availability(name), latency(name)]);

/** The services of the lab and what is promised of them; its faults have an effect on nothing else. */
const labSchema = z.object({
  service: z.enum(["order", "payment", "user"]),
  sli: z.enum(["availability", "latency"]),
});

/** What the arithmetic needs of one of the lab's SLOs. */
export type LabSlo = SloFacts & z.output<typeof labSchema>;

/** Finds an SLO of the lab. Throws RangeError for an unknown name. */
export function sloFacts(name: string): LabSlo {
  const found = readSloFacts().find(({ slo }) => slo === name);
  if (found !== undefined) return { ...found, ...labSchema.parse(found) };
  throw new RangeError(`no SLO is named ${name}; npm run generate makes slos.json`);
}
