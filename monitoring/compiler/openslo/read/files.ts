import { closeSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { generatedMark } from "../../emit/generated-file.ts";
import { largestFileBytes } from "../limits.ts";
import type { Place, ProblemLog } from "../problem.ts";

const YAML_FILE = /\.ya?ml$/i;

/**
 * Lists the files that paths mean: a file as it is, a folder by its `.yaml` and `.yml` files at any depth. Hidden
 * entries, the compiler's own output and everything else in a folder are left alone; a file that can be reached twice
 * is listed once, and links in a circle end.
 *
 * @param paths files and folders, as the user wrote them; a pipe when it is named, as `<(kustomize build)` does.
 * @param log is told of paths that cannot be read or must not be, and of folders without YAML.
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
    if (kind === "folder") {
      if (walk(given, new Set(), add, log) > 0 || log.mentions(shownPath(given))) continue;
      log.error(
        wholeFile(given),
        "empty-folder",
        "the folder holds no .yaml or .yml file",
        "Put an OpenSLO file there, or name another folder",
      );
    } else if (kind === "file" || kind === "pipe") add(given);
    else refuse(given, kind, log);
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
  for (const name of namesIn(folder, log)) {
    if (name.startsWith(".")) continue;
    const entry = path.join(folder, name);
    const kind = kindOf(entry);
    if (kind === "folder") found += walk(entry, entered, add, log);
    if (kind === "folder" || !YAML_FILE.test(name)) continue;
    found += 1;
    if (kind !== "file") refuse(entry, kind, log);
    else if (!isGenerated(entry)) add(entry);
  }
  return found;
}

function namesIn(folder: string, log: ProblemLog): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    log.error(
      wholeFile(folder),
      "unreadable",
      `the folder cannot be read: ${reason}`,
      "Check its permissions",
    );
    return [];
  }
}

/** Output that was compiled into a folder of the input is no input. What cannot be read is told by who reads it. */
function isGenerated(file: string): boolean {
  const head = Buffer.alloc(300);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    return head.toString("utf8", 0, readSync(descriptor, head)).includes(generatedMark);
  } catch {
    return false;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

type Refused = "missing" | "forbidden" | "pipe" | "device" | "huge";

/** A path that leads nowhere, such as a link to nothing or to itself, is missing. */
function kindOf(file: string): "file" | "folder" | Refused {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) return "folder";
    if (stat.isFIFO()) return "pipe";
    if (!stat.isFile()) return "device";
    return stat.size > largestFileBytes ? "huge" : "file";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? "forbidden" : "missing";
  }
}

const refusals: Readonly<Record<Refused, readonly [id: string, message: string, remedy: string]>> = {
  missing: [
    "no-such-path",
    "there is no such file or folder",
    "Check the path; it is read from the working directory",
  ],
  forbidden: ["unreadable", "the path cannot be read: EACCES", "Check the permissions of its folders"],
  pipe: ["not-a-file", "this is a pipe, and reading one may never end", "Take it out of the folder"],
  device: ["not-a-file", "this is a socket or a device, not a file", "Name a file with OpenSLO objects"],
  huge: [
    "file-too-large",
    `the file is larger than ${largestFileBytes / 2 ** 20} MiB`,
    "Split it; references may cross files",
  ],
};

function refuse(file: string, kind: Refused, log: ProblemLog): void {
  log.error(wholeFile(file), ...refusals[kind]);
}

/** Relative to the working directory when inside it, so that generated files name no machine's folders. */
function shownPath(file: string): string {
  const relative = path.relative(process.cwd(), path.resolve(file));
  const inside = !relative.startsWith("..") && !path.isAbsolute(relative);
  return (inside ? relative || "." : file).split(path.sep).join("/");
}
