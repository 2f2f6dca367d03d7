import { readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { Place, ProblemLog } from "../problem.ts";

const YAML_FILE = /\.ya?ml$/i;

/**
 * Lists the files that paths mean: a file as it is, a folder by its `.yaml` and `.yml` files at any depth. Hidden
 * entries and everything else in a folder are left alone; a file that can be reached twice is listed once, and links
 * in a circle end.
 *
 * @param paths files and folders, as the user wrote them.
 * @param log is told of paths that cannot be read and of folders without YAML.
 * @returns in the order of the arguments, sorted within a folder; see `shownPath`.
 */
export function findFiles(paths: readonly string[], log: ProblemLog): string[] {
  const files = new Map<string, string>();
  const add = (file: string): void => {
    const real = realpathSync(file);
    if (!files.has(real)) files.set(real, shownPath(file));
  };
  for (const given of paths) {
    const kind = kindOf(given);
    if (kind === "file") add(given);
    else if (kind === "unreadable") reportUnreadable(given, log);
    else if (walk(given, new Set(), add, log) === 0) {
      log.error(
        wholeFile(given),
        "empty-folder",
        "the folder holds no .yaml or .yml file",
        "Put an OpenSLO file there, or name another folder",
      );
    }
  }
  return [...files.values()];
}

/** The place of a problem that has no line. */
export function wholeFile(file: string): Place {
  return { file: shownPath(file), line: 0, column: 0, path: "" };
}

/** @returns how many YAML files the folder holds. */
function walk(folder: string, entered: Set<string>, add: (file: string) => void, log: ProblemLog): number {
  const real = realpathSync(folder);
  if (entered.has(real)) return 0;
  entered.add(real);
  let found = 0;
  for (const name of readdirSync(folder).toSorted()) {
    if (name.startsWith(".")) continue;
    const entry = path.join(folder, name);
    const kind = kindOf(entry);
    if (kind === "folder") found += walk(entry, entered, add, log);
    if (kind === "folder" || !YAML_FILE.test(name)) continue;
    found += 1;
    if (kind === "file") add(entry);
    else reportUnreadable(entry, log);
  }
  return found;
}

/** A path that is missing, a link to nowhere or a link to itself is unreadable. */
function kindOf(file: string): "file" | "folder" | "unreadable" {
  try {
    return statSync(file).isDirectory() ? "folder" : "file";
  } catch {
    return "unreadable";
  }
}

function reportUnreadable(file: string, log: ProblemLog): void {
  log.error(
    wholeFile(file),
    "no-such-path",
    "there is no such file or folder",
    "Check the path; it is read from the working directory",
  );
}

/** Relative to the working directory when inside it, so that generated files name no machine's folders. */
function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), path.resolve(file));
  const inside = !relative.startsWith("..") && !path.isAbsolute(relative);
  return (inside ? relative || "." : file).split(path.sep).join("/");
}
