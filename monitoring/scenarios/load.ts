import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseDocument } from "yaml";
import { scenarioSchema, type Scenario } from "./schema.ts";

/** A scenario that is not there, or not right. `message` has one line a problem. */
export class ScenarioError extends Error {
  override readonly name = "ScenarioError";
  readonly code = "BAD_SCENARIO";
}

const SUFFIX = ".yaml";

/** The names of the scenarios, in alphabetical order. @param folder @default this one */
export function scenarioNames(folder: string = import.meta.dirname): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(SUFFIX));
  return files.map((file) => path.basename(file, SUFFIX)).toSorted();
}

/**
 * Reads one scenario.
 *
 * @param name without `.yaml`.
 * @throws ScenarioError when there is no such file (with the names that there are) or something in it is wrong (with the
 *   file, the place, what is wanted).
 */
export function loadScenario(name: string, folder: string = import.meta.dirname): Scenario {
  const names = scenarioNames(folder);
  if (!names.includes(name)) {
    throw new ScenarioError(`there is no scenario ${JSON.stringify(name)}, want one of ${names.join(", ")}`);
  }
  const file = path.join(folder, name + SUFFIX);
  const place = path.relative(process.cwd(), file);
  const document = parseDocument(readFileSync(file, "utf8"));
  if (document.errors.length > 0) {
    throw new ScenarioError(document.errors.map(({ message }) => `${place}: ${message.trim()}`).join("\n"));
  }
  const parsed = scenarioSchema.safeParse(document.toJS());
  if (parsed.success) return { ...parsed.data, name };
  const lines = parsed.error.issues.map((issue) => `${place}: ${where(issue.path)}${issue.message}`);
  throw new ScenarioError(lines.join("\n"));
}

/** A path as in JavaScript: `steps[0].fault.variant: `. */
function where(keys: readonly PropertyKey[]): string {
  if (keys.length === 0) return "";
  const text = keys.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return `${text.replace(/^\./, "")}: `;
}
