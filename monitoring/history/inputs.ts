/** What a past of this repository's lab is made from: its SLOs and what its Prometheus scrapes. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import type { Slo } from "../compiler/model.ts";
import { loadSlos } from "../compiler/openslo/load.ts";
import { formatProblem } from "../compiler/openslo/problem.ts";
import type { Labels } from "./model/counters.ts";
import { readTargets } from "./targets.ts";
import { PastError } from "./write/error.ts";

const monitoring = path.resolve(import.meta.dirname, "..");

export interface PastInputs {
  readonly slos: readonly Slo[];
  /** Labels of each target that is scraped directly. */
  readonly targets: readonly Labels[];
}

/**
 * Reads `monitoring/slo` and `monitoring/prometheus/prometheus.yml`.
 *
 * @throws PastError with every problem of the SLO files.
 */
export function labInputs(): PastInputs {
  const { slos, problems } = loadSlos([path.join(monitoring, "slo")]);
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new PastError(errors.map(formatProblem).join("\n"));
  const file = path.join(monitoring, "prometheus/prometheus.yml");
  return { slos, targets: readTargets(parse(readFileSync(file, "utf8"))) };
}
