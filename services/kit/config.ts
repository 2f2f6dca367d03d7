import { z } from "zod";

/** Raised when the environment does not fit the schema. `problems` has one line a variable. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "BAD_CONFIG";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/** The environment as Node gives it: text or nothing. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the variables that a schema names. Other variables are not looked at, since every machine has
 * many. An empty variable counts as absent: that is what Compose and shells make of an unset one.
 *
 * @param schema an object schema whose pieces (below) say in words what they want.
 * @returns the parsed values.
 * @throws ConfigError with a line a problem: `RPS: got "abc", want a number of requests per second above 0`.
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: Environment): z.output<S> {
  const given: Record<string, string> = {};
  for (const key of Object.keys(schema.shape)) {
    const value = env[key];
    if (value !== undefined && value !== "") given[key] = value;
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    parsed.error.issues.map((issue) => {
      const key = issue.path.join(".");
      return `${key}: got ${describe(key, given[key])}, want ${issue.message}`;
    }),
  );
}

/** As `readConfig`, for programs: prints every problem on stderr and ends the process with code 2. */
export function readConfigOrExit<S extends z.ZodObject>(schema: S, env: Environment): z.output<S> {
  try {
    return readConfig(schema, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(2);
  }
}

/** A piece for a number. `want` completes the sentence "want …"; `holds` decides, after the syntax. */
export function numeric(want: string, holds: (value: number) => boolean) {
  return text(want, (value) => {
    const number = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
    return Number.isFinite(number) && holds(number) ? number : undefined;
  });
}

/** A piece for a TCP port, 0 to 65535; 0 lets the system choose one. */
export function port() {
  return numeric(
    "a port from 0 to 65535",
    (value) => Number.isInteger(value) && value >= 0 && value <= 65_535,
  );
}

const DURATION_UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * A piece for a time with its unit, such as `250ms`, `10s`, `5m`, `1.5h` or `30d`.
 *
 * @param atLeast the smallest value that is accepted, in milliseconds. @default 0
 * @returns a piece whose output is milliseconds.
 */
export function duration(atLeast = 0) {
  const floor = atLeast > 0 ? ` of at least ${atLeast}ms` : "";
  return text(`a time with its unit${floor}, such as 250ms, 10s, 5m or 1h`, (value) => {
    const milliseconds = parseDuration(value);
    return milliseconds !== undefined && milliseconds >= atLeast ? milliseconds : undefined;
  });
}

/** Milliseconds of a text such as `250ms`, `10s` or `1.5h`; undefined when it is not of that form. */
export function parseDuration(value: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(value);
  if (found === null) return undefined;
  const [, count = "", unit = "ms"] = found;
  return Number(count) * DURATION_UNITS[unit as keyof typeof DURATION_UNITS];
}

const BYTE_UNITS = { b: 1, kb: 1024, mb: 1024 * 1024 } as const;

/** A piece for a size with its unit, such as `512b`, `64kb` or `5mb` (powers of 1024). Its output is bytes. */
export function bytes() {
  return text("a size with its unit, such as 512b, 64kb or 5mb", (value) => {
    const found = /^(\d+)(b|kb|mb)$/i.exec(value);
    if (found === null) return undefined;
    const [, count = "", unit = "b"] = found;
    return Number(count) * BYTE_UNITS[unit.toLowerCase() as keyof typeof BYTE_UNITS];
  });
}

/** A piece for the base address of a neighbour. Its output has no trailing slash: `http://user:8083`. */
export function baseUrl() {
  return text("an http address without a path, such as http://127.0.0.1:8082", (value) => {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    const plain = url?.protocol === "http:" || url?.protocol === "https:";
    return url !== undefined && plain && `${url.origin}/` === url.href ? url.origin : undefined;
  });
}

/** A piece for one of a few words. */
export function choice<const W extends readonly [string, ...string[]]>(...words: W) {
  return z.enum(words, { error: `one of ${words.join(", ")}` });
}

/** A piece for any text that is not empty. */
export function word(want: string) {
  return z.string({ error: want }).min(1, { error: want });
}

function text<T>(want: string, parse: (value: string) => T | undefined) {
  return z.string({ error: want }).transform((value, context): T => {
    const parsed = parse(value);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: "custom", message: want });
    return z.NEVER;
  });
}

/** A secret's value is never printed: a log of a failed start may travel far. */
function describe(key: string, value: string | undefined): string {
  if (value === undefined) return "nothing";
  return /TOKEN|SECRET|PASSWORD/.test(key) ? "a value that is not shown" : JSON.stringify(value);
}
