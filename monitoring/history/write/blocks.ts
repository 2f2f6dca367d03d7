/** Turns OpenMetrics text into TSDB blocks, and looks whether they hold what they should. */
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { runCommand } from "../../native/processes/command.ts";
import { PastError, remedies } from "./error.ts";

/** Blocks of Prometheus are 2 h long, or this many times 3 as long, and begin at multiples of their length. */
const SHORTEST_BLOCK_MS = 2 * 3_600_000;
const LONGER = 3;
/** Prometheus merges up to this length (a tenth of 45 days); what is longer it never touches. */
const LONGEST_BLOCK_MS = 54 * 3_600_000;
/** As many blocks are a good number of pieces: each is small, and two at a time keep two cores busy. */
const FEWEST_BLOCKS = 6;

/**
 * Chooses how long the blocks are.
 *
 * @param lengthMs of the whole past, in milliseconds.
 */
export function blockLength(lengthMs: number): number {
  let block = SHORTEST_BLOCK_MS;
  while (block * LONGER <= LONGEST_BLOCK_MS && block * LONGER * FEWEST_BLOCKS <= lengthMs) block *= LONGER;
  return block;
}

/**
 * promtool makes nearly nothing but garbage and is done in two seconds: Go may let four times as much stand as it keeps
 * before it collects. A twentieth of all processor time goes.
 */
const GOGC = "400";

const metaSchema = z.looseObject({ stats: z.looseObject({ numSamples: z.number() }) });

/** How the name of a block looks: a ULID. */
const BLOCK_NAME = /^[\dA-HJKMNP-TV-Z]{26}$/;

/** The blocks in a folder, by name. */
export async function blocksIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => BLOCK_NAME.test(name)).toSorted();
}

export interface BlocksOptions {
  readonly promtool: string;
  /** OpenMetrics text whose samples lie in one block. */
  readonly text: string;
  /** Where the block is made. */
  readonly folder: string;
  readonly blockMs: number;
  /** How many samples the text has. */
  readonly samples: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the block of one file. promtool's exit code is 0 even where it made nothing, so its result is counted.
 *
 * @throws PastError with what promtool said when the block is not there or lacks samples.
 */
export async function makeBlock({
  promtool,
  text,
  folder,
  blockMs,
  samples,
  signal,
}: BlocksOptions): Promise<void> {
  const length = `--max-block-duration=${blockMs / 3_600_000}h`;
  const args = ["tsdb", "create-blocks-from", "openmetrics", "--quiet", length, text, folder];
  const { exitCode, output } = await runCommand(promtool, args, { signal, env: { GOGC, ...process.env } });
  const said = output.trim() === "" ? "" : `\n${output.trim()}`;
  if (exitCode !== 0) {
    // In the words of the system that promtool passes on; all systems that it runs on have these.
    const remedy = output.includes("no space left on device") ? `\n${remedies["ENOSPC"]}.` : "";
    throw new PastError(
      `promtool could not write a part of the past (exit code ${exitCode}); nothing was changed.${said}${remedy}`,
    );
  }
  const blocks = await blocksIn(folder).catch(() => []);
  const counts = await Promise.all(
    blocks.map(async (name) => {
      const meta: unknown = JSON.parse(await readFile(path.join(folder, name, "meta.json"), "utf8"));
      return metaSchema.parse(meta).stats.numSamples;
    }),
  );
  const made = counts.reduce((sum, count) => sum + count, 0);
  if (made === samples) return;
  throw new PastError(
    `promtool made ${blocks.length} blocks with ${made} samples of ${samples}; nothing was changed.${said}`,
  );
}
