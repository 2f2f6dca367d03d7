import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { reasonOf } from "../fetch-bounded.ts";
import { libraryLimits } from "./limits.ts";
import { DashboardFileError, readDashboard } from "./schema/read.ts";
import type { ReadDashboard } from "./schema/read.ts";

/** A file that no dashboard could be made of, and why. */
export interface BrokenFile {
  readonly file: string;
  readonly problems: readonly string[];
  /** What to do about it. */
  readonly remedy: string;
}

export interface Library {
  /** In the order in which one looks, then by title. */
  readonly dashboards: readonly ReadDashboard[];
  readonly broken: readonly BrokenFile[];
}

type Entry = { readonly stamp: string; readonly dashboard?: ReadDashboard; readonly broken?: BrokenFile };

/** The order in which one looks: symptoms before causes. What is not listed follows by title. */
const ORDER = [
  "slo-overview",
  "service-health",
  "dependencies",
  "business",
  "infrastructure",
  "nodejs",
  "alerting",
  "logs",
];

const REGENERATE =
  "`npm run generate` writes the files of monitoring/generated/dashboards from monitoring/dashboards";

/**
 * The dashboard files of a folder. Each is read again when it has changed; one that is broken does not keep the others
 * from being shown.
 *
 * @param directory the folder; it may be missing.
 */
export function createLibrary(directory: string): () => Promise<Library> {
  const known = new Map<string, Entry>();

  return async () => {
    let names: string[];
    try {
      names = (await readdir(directory)).filter((name) => name.endsWith(".json")).toSorted();
    } catch (error) {
      return { dashboards: [], broken: [missing(directory, error)] };
    }
    const entries = await Promise.all(names.slice(0, libraryLimits.files).map(read));
    for (const name of known.keys()) if (!names.includes(name)) known.delete(name);
    return sorted(entries, names.length);
  };

  async function read(name: string): Promise<Entry> {
    const file = path.join(directory, name);
    try {
      const { mtimeMs, size } = await stat(file);
      const stamp = `${mtimeMs} ${size}`;
      const before = known.get(name);
      if (before?.stamp === stamp) return before;
      const entry = { stamp, ...(await load(file, name, size)) };
      known.set(name, entry);
      return entry;
    } catch (error) {
      const remedy = "Look at its permissions; the console reads it with its own user";
      return { stamp: "", broken: { file: name, problems: [reasonOf(error)], remedy } };
    }
  }
}

async function load(file: string, name: string, size: number): Promise<Omit<Entry, "stamp">> {
  const broken = (problems: readonly string[], remedy: string): Omit<Entry, "stamp"> => ({
    broken: { file: name, problems, remedy },
  });
  if (size > libraryLimits.fileBytes)
    return broken([`it has ${size} bytes, want at most ${libraryLimits.fileBytes}`], "Split the dashboard");
  try {
    return { dashboard: readDashboard(await readFile(file, "utf8")) };
  } catch (error) {
    if (!(error instanceof DashboardFileError)) throw error;
    return broken(error.problems, `Mend the file. ${REGENERATE}`);
  }
}

function sorted(entries: readonly Entry[], files: number): Library {
  const broken = entries.flatMap((entry) => entry.broken ?? []);
  const dashboards: ReadDashboard[] = [];
  for (const { dashboard } of entries) {
    if (dashboard === undefined) continue;
    const twin = dashboards.find(({ uid }) => uid === dashboard.uid);
    if (twin === undefined) dashboards.push(dashboard);
    else
      broken.push({
        file: dashboard.title,
        problems: [`its uid ${dashboard.uid} is also that of “${twin.title}”`],
        remedy: "Give one of them another uid",
      });
  }
  if (files > libraryLimits.files)
    broken.push({
      file: `${files - libraryLimits.files} further files`,
      problems: [`only ${libraryLimits.files} are read`],
      remedy: "Move some to another folder",
    });
  return { dashboards: dashboards.toSorted(inOrder), broken };
}

function inOrder(a: ReadDashboard, b: ReadDashboard): number {
  const place = ({ uid }: ReadDashboard): number => (ORDER.includes(uid) ? ORDER.indexOf(uid) : ORDER.length);
  return place(a) - place(b) || a.title.localeCompare(b.title, "en");
}

function missing(directory: string, error: unknown): BrokenFile {
  return {
    file: directory,
    problems: [`the folder cannot be read: ${reasonOf(error)}`],
    remedy: `Set DASHBOARDS_DIR to a folder of Grafana's JSON files. ${REGENERATE}`,
  };
}
