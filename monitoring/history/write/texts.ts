/** Writes a past as OpenMetrics text, one file a block, and the truth about it. */
import { renameSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { createPast } from "../past.ts";
import type { PastOptions, Piece } from "../past.ts";
import { alignSeconds, pastSeconds } from "../settings.ts";
import { blockLength } from "./blocks.ts";
import { momentTexts, openMetricsFile } from "./openmetrics.ts";
import { INCIDENTS_FILE, named } from "./place.ts";
import { truthOf } from "./truth.ts";

/** A file whose samples lie in one block. */
export interface Text {
  readonly text: string;
  readonly samples: number;
  readonly blockMs: number;
  /** How much of the past is in this file and those before it, from 0 to 1. */
  readonly share: number;
}

export interface TextsOptions extends Omit<PastOptions, "toMs"> {
  /** The end of the past, in milliseconds since 1970. @default now */
  readonly toMs?: number | undefined;
  /** Where the files go; it is there. */
  readonly folder: string;
  /** Is waited for after each file. */
  readonly onText: (text: Text) => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes all of it. A file's name is `<part>-<samples>-<hours of a block>.om`; `incidents.json` comes last.
 *
 * @returns how many samples of how many series.
 * @throws PastError when the folder cannot be written.
 */
export async function writeTexts(
  options: TextsOptions,
): Promise<{ readonly samples: number; readonly series: number }> {
  const { seed, timeScale, folder, signal } = options;
  const align = Math.max(1000, (alignSeconds * 1000) / timeScale);
  const toMs = Math.floor((options.toMs ?? Date.now()) / align) * align;
  const past = createPast({ ...options, toMs });
  const blockMs = blockLength((pastSeconds * 1000) / timeScale);
  const block = (index: number): number => Math.floor(past.epochMs(index) / blockMs);
  const { first, last } = past.grid;
  const series = new Set<string>();
  let samples = 0;
  for (const piece of past.pieces((index) => block(index) !== block(index + 1))) {
    signal?.throwIfAborted();
    const part = String(piece.from).padStart(6, "0");
    const name = (count: number): string => path.join(folder, `${part}-${count}-${blockMs / 3_600_000}.om`);
    const written = await named(folder, async () => writeText(name, piece, past.epochMs, series));
    samples += written.samples;
    await options.onText({ ...written, blockMs, share: (piece.to - first) / (last - first) });
  }
  const truth = `${JSON.stringify(truthOf(past, toMs, seed, timeScale), undefined, 2)}\n`;
  await named(folder, () => writeFile(path.join(folder, INCIDENTS_FILE), truth));
  return { samples, series: series.size };
}

/** Prints a piece. `known` learns which series there are. */
function writeText(
  name: (samples: number) => string,
  piece: Piece,
  epochMs: (index: number) => number,
  known: Set<string>,
): Pick<Text, "text" | "samples"> {
  const moments: number[] = [];
  for (let index = piece.from; index <= piece.to; index += 1) moments.push(epochMs(index));
  const begun = `${name(0)}.part`;
  const file = openMetricsFile(begun, momentTexts(moments, piece.from));
  let samples = 0;
  for (const series of piece.series()) {
    samples += file.write(series);
    known.add(`${series.metric} ${JSON.stringify(series.labels)}`);
  }
  file.end();
  const text = name(samples);
  renameSync(begun, text);
  return { text, samples };
}
