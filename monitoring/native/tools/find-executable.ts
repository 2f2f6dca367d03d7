import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";

/**
 * Looks a program up as a shell would.
 *
 * @param searchPath directories as in `PATH`; empty or absent finds nothing.
 * @param commands names of the same program; an earlier name counts more than an earlier folder.
 * @returns its absolute path.
 */
export function findExecutable(
  searchPath: string | undefined,
  commands: readonly string[],
): string | undefined {
  const directories = (searchPath ?? "").split(path.delimiter).filter((directory) => directory !== "");
  return commands
    .flatMap((command) => directories.map((directory) => path.resolve(directory, command)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
