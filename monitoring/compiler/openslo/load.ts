import type { Slo } from "../model.ts";
import { createContext } from "./convert/context.ts";
import { checkOthers } from "./convert/others.ts";
import { readSlo } from "./convert/slo.ts";
import { defaultRetentionSeconds } from "./limits.ts";
import { compareText, ProblemLog } from "./problem.ts";
import type { Problem } from "./problem.ts";
import { readObjects } from "./read-objects.ts";
import { findFiles } from "./read/files.ts";

export interface LoadOptions {
  /** How long Prometheus keeps samples, in seconds. @default 45 days */
  readonly retentionSeconds?: number;
}

export interface LoadResult {
  /** Every SLO that could be read, by service and name. Some are missing when there is an error. */
  readonly slos: Slo[];
  /** Every problem of every file, by file and position. Compile nothing while one of them is an error. */
  readonly problems: Problem[];
}

/**
 * Reads OpenSLO v1 files and folders: the compiler's front door.
 *
 * @param paths files, and folders that are searched for `.yaml` and `.yml`; references may cross files.
 */
export function loadSlos(paths: readonly string[], options: LoadOptions = {}): LoadResult {
  const { retentionSeconds = defaultRetentionSeconds } = options;
  const log = new ProblemLog();
  const catalog = readObjects(findFiles(paths, log), log);
  const context = createContext(catalog, log, retentionSeconds);
  const slos = catalog.all("SLO").flatMap((object) => readSlo(object, context));
  checkOthers(context);
  return { slos: slos.toSorted(byServiceAndName), problems: log.sorted() };
}

function byServiceAndName(a: Slo, b: Slo): number {
  return compareText(a.service, b.service) || compareText(a.name, b.name);
}
