import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const name = z.string().min(1);
const labels = z
  .string()
  .regex(/^\w+=\S+( \w+=\S+)*$/, "want labels such as: severity=critical service=order")
  .transform((text) => Object.fromEntries(text.split(" ").map((pair) => pair.split(/=(.*)/s, 2))))
  .pipe(z.record(z.string(), z.string()));
const routing = z.array(z.strictObject({ name, labels, receivers: z.array(z.string()).min(1) })).min(1);
const inhibition = z
  .array(z.strictObject({ name, firing: labels, other: labels, silenced: z.boolean() }))
  .min(1);

export type RoutingCase = z.infer<typeof routing>[number];
export type InhibitionCase = z.infer<typeof inhibition>[number];

/** The table of routing.cases.yaml. */
export function routingCases(): RoutingCase[] {
  return routing.parse(read("routing.cases.yaml"));
}

/** The table of inhibition.cases.yaml. */
export function inhibitionCases(): InhibitionCase[] {
  return inhibition.parse(read("inhibition.cases.yaml"));
}

function read(file: string): unknown {
  return parse(readFileSync(new URL(file, import.meta.url), "utf8"));
}
