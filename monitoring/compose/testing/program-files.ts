/** What a program is made of, and what reaches the image: for a test that nothing is missing there. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./compose-file.ts";

export interface ProgramFiles {
  /** From the repository's root. */
  readonly files: ReadonlySet<string>;
  readonly packages: ReadonlySet<string>;
}

/** An import that is there when the program runs (`import type` is not), or a file that it starts as a thread. */
const IMPORT =
  /^import (?!type )(?:[^;"]*? from )?"([^"]+)"|^export (?:\*|\{[^}]*\})(?: as \w+)? from "([^"]+)"|\bimport\("([^"]+)"\)|\bnew URL\("(\.[^"]*\.ts)", import\.meta\.url\)/gm;

/** Follows the imports of a program, and of the threads that it starts. `main` is its file, from the repository's root. */
export function programFiles(main: string): ProgramFiles {
  const files = new Set<string>();
  const packages = new Set<string>();
  const follow = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const [, imported, exported, dynamic, thread] of readFileSync(
      path.join(root, file),
      "utf8",
    ).matchAll(IMPORT)) {
      const name = imported ?? exported ?? dynamic ?? thread ?? "";
      if (name.startsWith(".")) follow(path.posix.join(path.posix.dirname(file), name));
      else if (!name.startsWith("node:")) packages.add(packageOf(name));
    }
  };
  follow(main);
  return { files, packages };
}

const ignoreRules = readFileSync(path.join(root, ".dockerignore"), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => ({ kept: line.startsWith("!"), pattern: globPattern(line.replace(/^!/, "")) }));

/** Whether Docker sees a file: of the rules of .dockerignore that match it or a folder above it, the last decides. */
export function reachesImage(file: string): boolean {
  const parts = file.split("/");
  const above = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  return ignoreRules.findLast(({ pattern }) => above.some((each) => pattern.test(each)))?.kept ?? true;
}

/** Docker's form of a glob, in which `*` also means names that begin with a dot. */
function globPattern(glob: string): RegExp {
  const escaped = glob.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll("**/", "(?:.+/)?").replaceAll(/(?<!\.)\*/g, "[^/]*")}$`);
}

function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}
