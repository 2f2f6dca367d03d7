/** Writes a past into the data directory of a Prometheus that has none yet. */
import { rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createPast } from "../past.ts";
import type { PastOptions, Piece } from "../past.ts";
import { alignSeconds, pastSeconds } from "../settings.ts";
import { blockLength, blocksIn, makeBlock } from "./blocks.ts";
import type { BlocksOptions } from "./blocks.ts";
import { momentTexts, openMetricsFile } from "./openmetrics.ts";
import { beginWriting, commit, giveUp, INCIDENTS_FILE, named, openPlace } from "./place.ts";
import { truthOf } from "./truth.ts";
import { createWork } from "./work.ts";

export interface WritePastOptions extends Omit<PastOptions, "toMs"> {
  /** The data directory of a Prometheus that does not run now; made when it is not there. */
  readonly directory: string;
  /** Where `incidents.json` goes. */
  readonly incidentsFile: string;
  /** The program promtool. */
  readonly promtool: string;
  /** The end of the past, in milliseconds since 1970. @default now */
  readonly toMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
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
  const { directory, incidentsFile, seed, timeScale, signal } = options;
  if ((await openPlace(directory, incidentsFile)) === "data") return { outcome: "kept" };
  const align = Math.max(1000, (alignSeconds * 1000) / timeScale);
  const toMs = Math.floor((options.toMs ?? Date.now()) / align) * align;
  const folder = await beginWriting(directory);
  try {
    const past = createPast({ ...options, toMs });
    const blockMs = blockLength((pastSeconds * 1000) / timeScale);
    const block = (index: number): number => Math.floor(past.epochMs(index) / blockMs);
    const work = createWork(AT_A_TIME);
    const series = new Set<string>();
    let samples = 0;
    for (const piece of past.pieces((index) => block(index) !== block(index + 1))) {
      signal?.throwIfAborted();
      const name = String(piece.from).padStart(6, "0");
      const text = path.join(folder, `${name}.om`);
      const written = await named(directory, async () => writeText(text, piece, past.epochMs, series));
      samples += written;
      await work.add(async () => {
        await convert({ ...options, text, folder, blockMs, samples: written });
        options.onProgress?.((piece.to - past.grid.first) / (past.grid.last - past.grid.first));
      });
    }
    await work.end();
    const truth = `${JSON.stringify(truthOf(past, toMs, seed, timeScale), undefined, 2)}\n`;
    await named(directory, () => writeFile(path.join(folder, INCIDENTS_FILE), truth));
    const blocks = await blocksIn(folder);
    await commit(directory, incidentsFile);
    return { outcome: "written", samples, series: series.size, blocks: blocks.length };
  } catch (error) {
    await giveUp(directory);
    throw error;
  }
}

/** Prints a piece. `known` learns which series there are. @returns how many samples it has. */
function writeText(
  file: string,
  piece: Piece,
  epochMs: (index: number) => number,
  known: Set<string>,
): number {
  const moments: number[] = [];
  for (let index = piece.from; index <= piece.to; index += 1) moments.push(epochMs(index));
  const text = openMetricsFile(file, momentTexts(moments, piece.from));
  let samples = 0;
  for (const series of piece.series()) {
    samples += text.write(series);
    known.add(`${series.metric} ${JSON.stringify(series.labels)}`);
  }
  text.end();
  return samples;
}

/** Makes the block of a text, lays it beside the others, and removes the text. */
async function convert(options: BlocksOptions): Promise<void> {
  const own = `${options.text}.blocks`;
  await makeBlock({ ...options, folder: own });
  for (const name of await blocksIn(own)) await rename(path.join(own, name), path.join(options.folder, name));
  await rm(own, { recursive: true });
  await rm(options.text);
}
