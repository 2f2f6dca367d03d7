/** A past as text in a folder, for a promtool that is elsewhere: in the image of Prometheus. */
import { access, chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PastResult } from "./write-past.ts";
import { named } from "./place.ts";
import { writeTexts } from "./texts.ts";
import type { TextsOptions } from "./texts.ts";

/** Says that all texts are there; `docker/prometheus-with-past.sh` looks for it. It stays when the texts are gone. */
const COMPLETE = "complete";

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
    for (const name of await readdir(folder)) {
      if (/\.om(?:\.part)?$/.test(name)) await rm(path.join(folder, name));
    }
    const { samples, series } = await writeTexts({ ...options, onText: async () => undefined });
    // Prometheus runs as another user, and removes the texts when it has them.
    await chmod(folder, 0o777);
    await writeFile(complete, "");
    return { outcome: "written", samples, series, blocks: 0 };
  });
}
