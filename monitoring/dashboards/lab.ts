import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Slo } from "../compiler/model.ts";
import { loadSlos } from "../compiler/openslo/load.ts";

/** What the dashboards are drawn for. */
export interface Lab {
  /** By service and name. */
  readonly slos: readonly Slo[];
  /** Names of the services that have SLOs, in order. */
  readonly services: readonly string[];
}

const folder = fileURLToPath(new URL("../slo/", import.meta.url));

/**
 * Reads the SLOs of monitoring/slo.
 *
 * @throws RangeError with the first problem of the files; `npm run slo -- validate monitoring/slo` shows all of them.
 */
export function readLab(): Lab {
  const { slos, problems } = loadSlos([folder]);
  const problem = problems.find(({ severity }) => severity === "error");
  if (problem !== undefined) {
    throw new RangeError(`${problem.file}:${problem.line}: ${problem.message}. ${problem.remedy}`);
  }
  if (slos.length === 0) throw new RangeError(`${path.relative(process.cwd(), folder)}: there is no SLO`);
  return { slos, services: [...new Set(slos.map(({ service }) => service))] };
}
