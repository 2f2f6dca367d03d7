import { z } from "zod";
import { choice, duration, numeric, word } from "../../services/kit/config.ts";
import type { Environment } from "../../services/kit/config.ts";
import { parseCommandLine } from "./command-line.ts";
import { histories, historyOf, type History } from "./history.ts";
import { MAX_PORT_OFFSET } from "./ports.ts";

/** What a person may choose on the command line of `npm run demo`. */
export interface DemoOptions {
  readonly portOffset: number;
  readonly durationMs: number | undefined;
  readonly timeScale: number;
  readonly profile: "default" | "reference";
  readonly rps: number | undefined;
  readonly seed: number | undefined;
  readonly history: History;
  readonly stateDirectory: string;
}

export const usage = `npm run demo -- [options]

  --port-offset N      move every port by N, so that several stacks share a machine (default 0)
  --duration TIME      stop by itself after 90s, 10m or 1h (default: runs until Ctrl-C)
  --time-scale N       all SLO windows and intervals N times shorter, from 1 to 60 (default 1)
  --profile NAME       default, or reference: every simulated failure is a 5xx
  --rps N              requests per second at the peak hour (default: the load generator's)
  --seed N             repeat the same traffic and faults (default: different each time)
  --history LENGTH     the past that a new Prometheus is given: 30d or none (default 30d, or what HISTORY says)
  --state DIR          where logs, data and derived configuration live (default .burnrate)
  --help               this text
`;

/** A timer cannot wait for longer; in milliseconds. */
const LONGEST_MS = 24 * 86_400_000;

/** A piece for a whole number; `what` completes the sentence "want …". */
function whole(what: string, from: number, to: number) {
  return numeric(what, (value) => Number.isInteger(value) && value >= from && value <= to).optional();
}

/** Pieces that every command which starts a stack has. */
export const stackOptions = {
  "port-offset": whole(`a whole number from 0 to ${MAX_PORT_OFFSET}`, 0, MAX_PORT_OFFSET),
  "time-scale": whole("a whole number from 1 to 60", 1, 60),
  rps: whole("a whole number of requests per second from 1 to 10000", 1, 10_000),
  seed: whole("a whole number from 0 to 4294967295", 0, 0xff_ff_ff_ff),
};

const schema = z.strictObject({
  ...stackOptions,
  duration: duration(1000)
    .refine((milliseconds) => milliseconds <= LONGEST_MS, "a time of at most 24d")
    .optional(),
  profile: choice("default", "reference").optional(),
  history: choice(...histories).optional(),
  state: word("a folder").optional(),
});

/**
 * Reads the command line of `npm run demo`.
 *
 * @param args what follows the program's name.
 * @param environment may hold HISTORY, for those who want another default; the option wins.
 * @returns the choices with defaults filled in, or `help` when the usage was asked for.
 * @throws NativeError BAD_OPTION, one line for each problem: the option, what it got, what it wants.
 */
export function parseOptions(args: readonly string[], environment: Environment = {}): DemoOptions | "help" {
  const values = parseCommandLine(args, schema, usage);
  if (values === "help") return "help";
  return {
    portOffset: values["port-offset"] ?? 0,
    durationMs: values.duration,
    timeScale: values["time-scale"] ?? 1,
    profile: values.profile ?? "default",
    rps: values.rps,
    seed: values.seed,
    history: values.history ?? historyOf(environment),
    stateDirectory: values.state ?? ".burnrate",
  };
}
