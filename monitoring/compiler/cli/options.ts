import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";
import { z } from "zod";
import { parseDuration } from "../openslo/convert/duration.ts";
import { nearest } from "../openslo/suggest.ts";
import { UsageError } from "./command.ts";

/** How an option is written; what its value must be, the command's schema says. */
export type OptionForms = Readonly<Record<string, "flag" | "value">>;

export const paths = z
  .array(z.string().min(1, { error: "got an empty path, name a file or folder" }))
  .min(1, { error: "name at least one file or folder" });

/** A duration such as 45d, as seconds. */
export const retention = z
  .string()
  .refine((text) => (parseDuration(text)?.seconds ?? 0) > 0, { error: "want a duration such as 45d" })
  .transform((text) => parseDuration(text)?.seconds)
  .optional();

/** How many times faster than real time. */
export const timeScale = z
  .string()
  .transform(Number)
  .refine((scale) => scale >= 1 && scale <= 60, { error: "want a number from 1 to 60" })
  .optional();

/** The options of `loadSlos` that a command line gives. */
export function loadOptions(retentionSeconds: number | undefined): { retentionSeconds?: number } {
  return retentionSeconds === undefined ? {} : { retentionSeconds };
}

/**
 * Reads a command's arguments.
 *
 * @param args what stands behind the command's name.
 * @param forms the command's options.
 * @param schema of an object with `paths` and the options.
 * @throws UsageError that names the option, what was got and what is wanted.
 */
export function readOptions<S extends z.ZodType>(
  args: readonly string[],
  forms: OptionForms,
  schema: S,
): z.infer<S> {
  const { values, positionals } = parse(args, forms);
  const input: Record<string, unknown> = { ...values, paths: positionals };
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const option = String(issue?.path[0] ?? "");
  if (option === "paths") throw new UsageError(issue?.message ?? "");
  const got = input[option] === undefined ? "nothing" : JSON.stringify(input[option]);
  throw new UsageError(`--${option}: got ${got}, ${issue?.message}`);
}

function parse(
  args: readonly string[],
  forms: OptionForms,
): { values: Record<string, unknown>; positionals: string[] } {
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const [name, form] of Object.entries(forms)) {
    options[name] = { type: form === "flag" ? "boolean" : "string" };
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(explain(error as Error, forms), { cause: error });
  }
}

/** Node names the option in quotes; the rest of its sentence is about its own interface. */
function explain(error: Error, forms: OptionForms): string {
  const [option = "", takesNothing] = [
    /'(-[^' ]*)/.exec(error.message)?.[1],
    error.message.includes("does not take an argument"),
  ];
  const name = option.replace(/^-+/, "");
  if (name in forms) return takesNothing ? `${option} takes no value` : `${option} needs a value`;
  const guess = nearest(name, Object.keys(forms));
  const hint = guess === undefined ? "" : `; did you mean --${guess}?`;
  return `unknown option ${option}${hint}`;
}
