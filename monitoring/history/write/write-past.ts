/** Writes a past into the data directory of a Prometheus that has none yet. */
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { blocksIn, makeBlock } from "./blocks.ts";
import type { BlocksOptions } from "./blocks.ts";
import { beginWriting, commit, giveUp, openPlace } from "./place.ts";
import { writeTexts } from "./texts.ts";
import type { TextsOptions } from "./texts.ts";
import { createWork } from "./work.ts";

export interface WritePastOptions extends Omit<TextsOptions, "folder" | "onText" | "signal"> {
  /** The data directory of a Prometheus that does not run now; made when it is not there. */
  readonly directory: string;
  /** Where `incidents.json` goes. */
  readonly incidentsFile: string;
  /** The program promtool. */
  readonly promtool: string;
  /** Hears how much of the past is written, as a share. @default nobody listens */
  readonly onProgress?: (share: number) => void;
}

/** What became of it. */
export type PastResult =
  | {
      readonly outcome: "written";
      readonly samples: number;
      readonly series: number;
      readonly blocks: number;
    }
  /** There was data already, and it was left alone. */
  | { readonly outcome: "kept" };

/** As many promtools run at a time: one a core of a small machine. */
const AT_A_TIME = 2;

/**
 * Writes 30 days into an empty data directory; leaves any other as it is.
 *
 * @throws PastError when it cannot; the directory then is as it was.
 */
export async function writePast(options: WritePastOptions): Promise<PastResult> {
  const { directory, incidentsFile } = options;
  if ((await openPlace(directory, incidentsFile)) === "data") return { outcome: "kept" };
  const folder = await beginWriting(directory);
  const work = createWork(AT_A_TIME);
  const failed = new AbortController();
  const { signal } = failed;
  try {
    const { samples, series } = await writeTexts({
      ...options,
      folder,
      signal,
      onText: ({ share, ...text }) =>
        work.add(async () => {
          await convert({ ...options, ...text, folder, signal });
          options.onProgress?.(share);
        }),
    });
    await work.end();
    const blocks = await blocksIn(folder);
    await commit(directory, incidentsFile);
    return { outcome: "written", samples, series, blocks: blocks.length };
  } catch (error) {
    // A promtool that still runs would write into the folder after it was removed.
    failed.abort(error);
    await work.settled();
    await giveUp(directory);
    throw error;
  }
}

/** Makes the block of a text, lays it beside the others, and removes the text. */
async function convert(options: BlocksOptions): Promise<void> {
  const own = `${options.text}.blocks`;
  await makeBlock({ ...options, folder: own });
  for (const name of await blocksIn(own)) await rename(path.join(own, name), path.join(options.folder, name));
  await rm(own, { recursive: true });
  await rm(options.text);
}
