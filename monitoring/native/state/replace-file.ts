import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";

/** Writes a file aside and renames it into place, so that a reader sees the old or the new one, never half of it. */
export async function replaceFile(file: string, text: string, mode = 0o644): Promise<void> {
  const aside = `${file}.${process.pid}.tmp`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(aside, text, { mode });
  await rename(aside, file);
}
