/**
 * `npm run bench:history`: how fast a past is written, with how much memory, and what promtool needs with its default
 * options for the same input. The comparison takes one piece of the past: with the default options promtool reads the
 * whole input again for every two hours of it, which for the whole past is hundreds of times a gigabyte.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureTools } from "../../native/tools/ensure-tools.ts";
import { labInputs } from "../inputs.ts";
import { writeTexts } from "../write/texts.ts";
import type { Text } from "../write/texts.ts";
import { measure } from "./measure.ts";
import type { Measured } from "./measure.ts";

/** Issue 4: the whole past is written within 20 s and 700 MB. */
const MOST_MB = 700;
const MOST_SECONDS = 20;
const main = path.resolve(import.meta.dirname, "../main.ts");
const folder = mkdtempSync(path.join(tmpdir(), "burnrate-bench-history-"));

try {
  const { promtool = "promtool" } = await ensureTools();
  let piece: Text | undefined;
  let pieces = 0;
  const { samples, series } = await writeTexts({
    ...labInputs(),
    seed: 1,
    timeScale: 1,
    folder,
    onText: async (text) => {
      pieces += 1;
      // The second is as long as a block; the first is a part of one, and the others are like the second.
      if (pieces === 2) piece = text;
      else rmSync(text.text);
    },
  });
  if (piece === undefined) throw new Error("the past has no second piece");
  const input: Text = piece;
  print(`The past: ${samples.toLocaleString("en")} samples of ${series} series`);
  const data = path.join(folder, "data");
  const whole = await measure(process.execPath, [main, "--data", data]);
  row("all of it, text and blocks", samples, whole);

  const megabytes = Math.round(statSync(input.text).size / 1e6);
  print(`\nOne piece of it: ${input.samples.toLocaleString("en")} samples, ${megabytes} MB of text`);
  const convert = (options: readonly string[], name: string): Promise<Measured> => {
    const args = ["tsdb", "create-blocks-from", "openmetrics", "--quiet", ...options, input.text];
    return measure(promtool, [...args, path.join(folder, name)]);
  };
  const ours = await convert([`--max-block-duration=${input.blockMs / 3_600_000}h`], "ours");
  row("promtool, one block", input.samples, ours);
  const usual = await convert([], "usual");
  row("promtool, default options", input.samples, usual);
  print(`\nOne block is ${(usual.seconds / ours.seconds).toFixed(1)} times as fast.`);
  if (whole.peakMb > MOST_MB || whole.seconds > MOST_SECONDS) {
    print(`Not within ${MOST_SECONDS} s and ${MOST_MB} MB, on this machine and with what else it does now.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function row(what: string, samples: number, { seconds, cpuSeconds, peakMb }: Measured): void {
  const rate = Math.round(samples / seconds).toLocaleString("en");
  print(
    `  ${what.padEnd(28)}${seconds.toFixed(1).padStart(7)} s${cpuSeconds.toFixed(1).padStart(7)} CPU s` +
      `${rate.padStart(11)} samples/s${String(Math.round(peakMb)).padStart(6)} MB at most`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
