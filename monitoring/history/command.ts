/** `node monitoring/history/main.ts`: writes a past into the data directory of any Prometheus. */
import path from "node:path";
import { z } from "zod";
import { numeric, word } from "../../services/kit/config.ts";
import { parseCommandLine } from "../native/command-line.ts";
import { NativeError } from "../native/errors.ts";
import { ensureTools } from "../native/tools/ensure-tools.ts";
import { labInputs } from "./inputs.ts";
import { createProgress } from "./progress.ts";
import { historyOf } from "../native/history.ts";
import { PastError } from "./write/error.ts";
import { INCIDENTS_FILE } from "./write/place.ts";
import { takeBackTexts, writeTextFolder } from "./write/text-folder.ts";
import { writePast } from "./write/write-past.ts";
import type { PastResult } from "./write/write-past.ts";

const usage = `node monitoring/history/main.ts --data DIR | --text DIR [options]

  --data DIR           the data directory of a Prometheus that does not run now; it must hold no data
  --text DIR           OpenMetrics text instead, for a promtool that is elsewhere; not written twice
  --incidents FILE     where to write what went wrong (default: incidents.json beside DIR)
  --seed N             repeat the same past (default 1)
  --to MOMENT          when the past ends, such as 2026-11-28T12:00:00Z (default: now)
  --time-scale N       30 days in 30 days / N, from 1 to 60 (default 1)
  --rps N              requests per second at the peak hour (default: the load generator's)
  --help               this text
`;

const whole = (want: string, from: number, to: number) =>
  numeric(want, (value) => Number.isInteger(value) && value >= from && value <= to);

const schema = z.strictObject({
  data: word("a folder").optional(),
  text: word("a folder").optional(),
  incidents: word("a file").optional(),
  seed: whole("a whole number from 0 to 4294967295", 0, 0xff_ff_ff_ff).optional(),
  to: z.iso
    .datetime({ error: "a moment in UTC as ISO 8601 writes it, such as 2026-11-28T12:00:00Z" })
    .optional(),
  "time-scale": whole("a whole number from 1 to 60", 1, 60).optional(),
  // As the load generator takes them: docker-compose.yml tells both the same RPS.
  rps: numeric(
    "a number of requests per second from 0.01 to 10000",
    (value) => value >= 0.01 && value <= 10_000,
  ).optional(),
});

/** What a past is drawn from unless told otherwise. */
const DEFAULT_SEED = 1;

/**
 * Runs the command.
 *
 * @param args what follows the program's name.
 * @returns the exit code: 0 written; 1 failed; 2 refused, and nothing was changed.
 */
export async function runHistory(args: readonly string[]): Promise<number> {
  try {
    return await write(args);
  } catch (error) {
    if (!(error instanceof NativeError || error instanceof PastError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error instanceof NativeError ? error.exitCode : 1;
  }
}

type Options = z.output<typeof schema>;

async function write(args: readonly string[]): Promise<number> {
  const options = parseCommandLine(args, schema, usage);
  if (options === "help") {
    process.stdout.write(usage);
    return 0;
  }
  const { data, text } = options;
  if ((data === undefined) === (text === undefined)) {
    throw new NativeError("BAD_OPTION", `want either --data or --text\n\n${usage}`);
  }
  const begun = performance.now();
  const result =
    data === undefined ? await writeText(path.resolve(text ?? ""), options) : await writeData(data, options);
  if (result === undefined) return 0;
  if (result.outcome === "kept") {
    if (text !== undefined) {
      // Whoever wants texts starts again and again.
      process.stdout.write(
        `The past was written into ${path.resolve(text)} before, and is not written again.\n`,
      );
      return 0;
    }
    const remedy = "and a past goes only where there is none. Name another folder, or remove this one.";
    process.stderr.write(`${path.resolve(data ?? "")} holds data already, ${remedy}\n`);
    return 2;
  }
  const { samples, series, blocks } = result;
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const where = text === undefined ? `in ${blocks} blocks` : "as text";
  process.stdout.write(
    `Wrote ${samples.toLocaleString("en")} samples of ${series} series ${where} within ${seconds} s.\n`,
  );
  return 0;
}

async function writeData(data: string, options: Options): Promise<PastResult> {
  const directory = path.resolve(data);
  const { promtool = "promtool" } = await ensureTools();
  const progress = createProgress(process.stderr, "Writing the past");
  const incidentsFile = path.resolve(options.incidents ?? path.join(directory, "..", INCIDENTS_FILE));
  const how = { directory, incidentsFile, promtool, onProgress: progress.show };
  return writePast({ ...drawnFrom(options), ...how }).finally(progress.end);
}

/** Nothing is written where the environment says so: `docker-compose.yml` passes HISTORY on. */
async function writeText(folder: string, options: Options): Promise<PastResult | undefined> {
  if (historyOf(process.env) === "none") {
    await takeBackTexts(folder);
    process.stdout.write("HISTORY=none: no past is written.\n");
    return undefined;
  }
  return writeTextFolder({ ...drawnFrom(options), folder });
}

function drawnFrom(options: Options) {
  return {
    ...labInputs(),
    seed: options.seed ?? DEFAULT_SEED,
    timeScale: options["time-scale"] ?? 1,
    rps: options.rps,
    toMs: options.to === undefined ? undefined : Date.parse(options.to),
  };
}
