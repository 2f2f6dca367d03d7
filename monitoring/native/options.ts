import { parseArgs } from "node:util";
import { z } from "zod";
import { choice, duration, numeric, word } from "../../services/kit/config.ts";
import { NativeError } from "./errors.ts";
import { MAX_PORT_OFFSET } from "./ports.ts";

/** What a person may choose on the command line of `npm run demo`. */
export interface DemoOptions {
  readonly portOffset: number;
  readonly durationMs: number | undefined;
  readonly timeScale: number;
  readonly profile: "default" | "reference";
  readonly rps: number | undefined;
  readonly seed: number | undefined;
  readonly stateDirectory: string;
}

export const usage = `npm run demo -- [options]

  --port-offset N      move every port by N, so that several stacks share a machine (default 0)
  --duration TIME      stop by itself after 90s, 10m or 1h (default: runs until Ctrl-C)
  --time-scale N       all SLO windows and intervals N times shorter, from 1 to 60 (default 1)
  --profile NAME       default, or reference: every simulated failure is a 5xx
  --rps N              requests per second at the peak hour (default: the load generator's)
  --seed N             repeat the same traffic and faults (default: different each time)
  --state DIR          where logs, data and derived configuration live (default .burnrate)
  --help               this text
`;

const whole = (what: string, from: number, to: number) =>
  numeric(what, (value) => Number.isInteger(value) && value >= from && value <= to).optional();

const schema = z.strictObject({
  "port-offset": whole(`a whole number from 0 to ${MAX_PORT_OFFSET}`, 0, MAX_PORT_OFFSET),
  duration: duration(1000).optional(),
  "time-scale": whole("a whole number from 1 to 60", 1, 60),
  profile: choice("default", "reference").optional(),
  rps: whole("a whole number of requests per second from 1 to 10000", 1, 10_000),
  seed: whole("a whole number from 0 to 4294967295", 0, 0xff_ff_ff_ff),
  state: word("a folder").optional(),
});

/**
 * Reads the command line of `npm run demo`.
 *
 * @param args what follows the program's name.
 * @returns the choices with defaults filled in, or `help` when the usage was asked for.
 * @throws NativeError BAD_OPTION, one line for each problem: the option, what it got, what it wants.
 */
export function parseOptions(args: readonly string[]): DemoOptions | "help" {
  const values = readValues(args);
  if (values["help"] === true) return "help";
  const result = schema.safeParse(values);
  if (!result.success) {
    const lines = result.error.issues.map(
      ({ path, message }) =>
        `--${String(path[0])}: got "${String(values[String(path[0])])}", want ${message}`,
    );
    throw new NativeError("BAD_OPTION", lines.join("\n"));
  }
  const { data } = result;
  return {
    portOffset: data["port-offset"] ?? 0,
    durationMs: data.duration,
    timeScale: data["time-scale"] ?? 1,
    profile: data.profile ?? "default",
    rps: data.rps,
    seed: data.seed,
    stateDirectory: data.state ?? ".burnrate",
  };
}

function readValues(args: readonly string[]): Record<string, string | boolean | undefined> {
  const text = { type: "string" } as const;
  const known = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, text]));
  try {
    return parseArgs({ args: [...args], options: { ...known, help: { type: "boolean" } }, strict: true })
      .values;
  } catch (error) {
    throw new NativeError("BAD_OPTION", `${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}
