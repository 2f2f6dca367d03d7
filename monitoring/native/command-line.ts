import { parseArgs } from "node:util";
import type { z } from "zod";
import { NativeError } from "./errors.ts";

/**
 * Reads a command line of `--name VALUE` options.
 *
 * @param args what follows the program's name.
 * @param schema the options by name, without the dashes; every issue's message completes the sentence "want …".
 * @param usage printed with an unknown option.
 * @returns the parsed values, or `help` when --help is among the options.
 * @throws NativeError BAD_OPTION, one line for each problem: the option, what it got, what it wants.
 */
export function parseCommandLine<S extends z.ZodObject>(
  args: readonly string[],
  schema: S,
  usage: string,
): z.output<S> | "help" {
  const { help, ...values } = readValues(args, Object.keys(schema.shape), usage);
  if (help === true) return "help";
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return `--${name}: got "${String(values[name])}", want ${message}`;
  });
  throw new NativeError("BAD_OPTION", lines.join("\n"));
}

type Values = Record<string, string | boolean | undefined>;

function readValues(args: readonly string[], names: readonly string[], usage: string): Values {
  const text = { type: "string" } as const;
  const known = Object.fromEntries(names.map((name) => [name, text]));
  try {
    return parseArgs({ args: [...args], options: { ...known, help: { type: "boolean" } }, strict: true })
      .values;
  } catch (error) {
    throw new NativeError("BAD_OPTION", `${(error as Error).message}\n\n${usage}`, { cause: error });
  }
}
