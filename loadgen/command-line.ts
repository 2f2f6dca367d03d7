import { parseArgs } from "node:util";
import type { z } from "zod";
import { ConfigError, readConfig } from "../services/kit/config.ts";
import type { Environment } from "../services/kit/config.ts";

interface Option {
  /** What follows the option, as help shows it; a switch has none. */
  readonly value?: string;
  readonly help: string;
  /** The variables that it stands for: with the option's value, or with a fixed one. */
  readonly sets: readonly (readonly [variable: string, fixed?: string])[];
}

/** What a program can be told: options are a second way to give the variables of the schema. */
export interface CommandLine<S extends z.ZodObject> {
  /** What the program does, in a sentence, and how it is called. */
  readonly usage: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  readonly schema: S;
}

type Given = Map<string, { option: string; value: string }>;

/**
 * Reads options on top of variables. An option wins over its variable; of two that set the same, the last wins.
 *
 * @param args what follows the program's name.
 * @returns the configuration, or "help" when that was asked for.
 * @throws ConfigError with a line a problem, which names the option where one was given, else the variable:
 *   `--rps: got "abc", want a number of requests per second above 0`.
 */
export function readCommandLine<S extends z.ZodObject>(
  line: CommandLine<S>,
  args: readonly string[],
  env: Environment,
): z.output<S> | "help" {
  const given: Given = new Map();
  const problems: string[] = [];
  for (const token of tokens(line, args)) {
    if (token.kind === "option" && token.name === "help") return "help";
    if (token.kind === "option") problems.push(...takeOption(line, token, given));
    if (token.kind === "positional") problems.push(`got ${JSON.stringify(token.value)}, ${wantOption(line)}`);
  }
  if (problems.length > 0) throw new ConfigError(problems);

  const values = Object.fromEntries([...given].map(([variable, { value }]) => [variable, value]));
  try {
    return readConfig(line.schema, { ...env, ...values });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(error.problems.map((problem) => nameOption(problem, given)));
  }
}

/** As `readCommandLine`, for programs: help ends the process with code 0, a problem with code 2. */
export function readCommandLineOrExit<S extends z.ZodObject>(
  line: CommandLine<S>,
  args: readonly string[],
  env: Environment,
): z.output<S> {
  const config = orProblems(() => readCommandLine(line, args, env));
  if (config instanceof ConfigError) {
    process.stderr.write(`${config.message}\n`);
    process.exit(2);
  }
  if (config === "help") {
    process.stdout.write(`${helpText(line)}\n`);
    process.exit(0);
  }
  return config;
}

/** What `--help` prints, without a line break at the end. */
export function helpText({ usage, options }: CommandLine<z.ZodObject>): string {
  const rows = Object.entries(options).map(
    ([name, { value = "", help }]) => [`--${name} ${value}`.trimEnd(), help] as const,
  );
  const width = Math.max(...rows.map(([option]) => option.length));
  return [...usage, "", ...rows.map(([option, help]) => `  ${option.padEnd(width)}  ${help}`)].join("\n");
}

function orProblems<T>(read: () => T): T | ConfigError {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

/** Notes what an option sets. @returns its problems. */
function takeOption(
  line: CommandLine<z.ZodObject>,
  { name, rawName, value }: OptionToken,
  given: Given,
): string[] {
  const option = line.options[name];
  if (option === undefined) return [`${rawName}: no such option, ${wantOption(line)}`];
  if (option.value === undefined && value !== undefined) {
    return [`${rawName}: got ${JSON.stringify(value)}, want no value`];
  }
  if (option.value !== undefined && (value ?? "") === "") {
    return [`${rawName}: got nothing, want ${option.value}`];
  }
  for (const [variable, fixed] of option.sets) {
    given.set(variable, { option: rawName, value: fixed ?? value ?? "" });
  }
  return [];
}

function tokens({ options }: CommandLine<z.ZodObject>, args: readonly string[]) {
  const types = Object.entries(options).map(
    ([name, { value }]) => [name, { type: value === undefined ? "boolean" : "string" }] as const,
  );
  // Not strict: Node's own messages do not say what is wanted, and stop at the first problem.
  const settings = { strict: false, allowPositionals: true, tokens: true } as const;
  return parseArgs({ args: [...args], options: Object.fromEntries(types), ...settings }).tokens;
}

function wantOption({ options }: CommandLine<z.ZodObject>): string {
  const names = [...Object.keys(options), "help"].map((name) => `--${name}`);
  return `want one of ${names.join(" ")}`;
}

function nameOption(problem: string, given: Given): string {
  const variable = problem.slice(0, problem.indexOf(":"));
  const option = given.get(variable)?.option;
  return option === undefined ? problem : `${option}${problem.slice(variable.length)}`;
}
