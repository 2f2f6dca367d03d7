/** A past as text in a folder, for a promtool that is elsewhere: in the image of Prometheus. */
import { access, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PastResult } from "./write-past.ts";
import { INCIDENTS_FILE, named } from "./place.ts";
import { writeTexts } from "./texts.ts";
import type { TextsOptions } from "./texts.ts";

/** Says that all texts are there; `docker/prometheus-with-past.sh` looks for it. It stays when the texts are gone. */
const COMPLETE = "complete";
const TEXT = /\.om(?:\.part)?$/;

/**
 * Writes the texts, unless that was done before. What a killed write left is replaced.
 *
 * @throws PastError when the folder cannot be written.
 */
export async function writeTextFolder(options: Omit<TextsOptions, "onText">): Promise<PastResult> {
  const { folder } = options;
  return named(folder, async () => {
    await mkdir(folder, { recursive: true });
    const complete = path.join(folder, COMPLETE);
    const isComplete = await access(complete).then(
      () => true,
      () => false,
    );
    if (isComplete) return { outcome: "kept" };
    await removeAll(folder, await textsIn(folder));
    const { samples, series } = await writeTexts({ ...options, onText: async () => undefined });
    await writeFile(complete, "");
    return { outcome: "written", samples, series, blocks: 0 };
  });
}

/**
 * Takes back a past that no Prometheus has taken: its texts, and what is said of them. One that was taken stays as it is.
 *
 * @throws PastError when the folder cannot be written.
 */
export async function takeBackTexts(folder: string): Promise<void> {
  await named(folder, async () => {
    await mkdir(folder, { recursive: true });
    const texts = await textsIn(folder);
    if (texts.length > 0) await removeAll(folder, [COMPLETE, INCIDENTS_FILE, ...texts]);
  });
}

async function textsIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => TEXT.test(name));
}

async function removeAll(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) await rm(path.join(folder, name), { force: true });
}
