import { readFileSync } from "node:fs";
import { isCollection, LineCounter, parseAllDocuments, visit } from "yaml";
import type { Document, YAMLError } from "yaml";
import type { Place, ProblemLog } from "../problem.ts";
import { lowerFirst } from "../wording.ts";
import { wholeFile } from "./files.ts";
import { printPath } from "./node.ts";
import type { Node, YamlSource } from "./node.ts";
import { readPlainYaml } from "./plain-yaml.ts";

/** How often anchors may be repeated: enough for people, too little for a bomb. */
const MAX_ALIASES = 1000;

/** One reading of YAML wherever the compiler meets it. */
export const yamlOptions = { merge: true, stringKeys: true, prettyErrors: false, logLevel: "error" } as const;

const REMEDIES: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: "Put the text in quotes; a colon and a space begin a new field",
  NON_STRING_KEY: "Put the text in quotes; a brace begins a map",
  TAB_AS_INDENT: "Indent with spaces",
  BAD_INDENT: "Line it up with its neighbours, with spaces",
  MULTILINE_IMPLICIT_KEY: "Look for a missing colon or a missing quote here or on the line above",
  MISSING_CHAR: "Add the missing character, or put the text in quotes",
};

/**
 * Reads a file into its OpenSLO objects, not yet checked: one for each document, or for each item of a document that
 * is a list (the form of OpenSLO's SDK). Empty documents are passed over.
 *
 * @param file the path to read, and the name that problems give.
 * @param log is told of what is not YAML.
 */
export function readDocuments(file: string, log: ProblemLog): Node<unknown>[] {
  const text = readText(file, log);
  if (text === undefined) return [];
  const plain = readPlainSources(file, text);
  if (plain !== undefined) return plain.flatMap((source) => objectsOf(source.plain.value, source));
  const { documents, lines } = parseWhole(text);
  return documents.flatMap((document) => {
    const source: YamlSource = { file, text, document, lines, broken: new Set() };
    const value = readValue(source, log);
    return value === undefined || value === null ? [] : objectsOf(value, source);
  });
}

interface Whole {
  readonly documents: readonly Document.Parsed[];
  readonly lines: LineCounter;
}

function parseWhole(text: string): Whole {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { ...yamlOptions, lineCounter: lines }) as Document.Parsed[];
  return { documents, lines };
}

/** The fast reader's documents. Most are sound, and then nobody asks where things stand. */
function readPlainSources(
  file: string,
  text: string,
): (YamlSource & Required<Pick<YamlSource, "plain">>)[] | undefined {
  let known: Whole | undefined;
  const whole = (): Whole => (known ??= parseWhole(text));
  return readPlainYaml(text)?.map((plain, index) => ({
    file,
    text,
    plain,
    get document() {
      const { documents } = whole();
      const found = documents.filter(({ contents }) => isCollection(contents))[index];
      if (found === undefined) throw new Error(`${file}: the two readers of YAML disagree`);
      return found;
    },
    get lines() {
      return whole().lines;
    },
    broken: new Set<string>(),
  }));
}

function objectsOf(value: unknown, source: YamlSource): Node<unknown>[] {
  if (!Array.isArray(value)) return [{ value, path: [], source }];
  return value.map((item: unknown, index) => ({ value: item, path: [index], source }));
}

function readText(file: string, log: ProblemLog): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    log.error(wholeFile(file), "unreadable", `the file cannot be read: ${reason}`, "Check its permissions");
    return undefined;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    log.error(wholeFile(file), "not-utf8", "the file is not UTF-8 text", "Save it as UTF-8");
    return undefined;
  }
}

/**
 * Gives a parsed document's value.
 *
 * @param log is told of its first mistake, for the rest often follows from it, and of every field given twice.
 * @returns undefined when there is no usable value.
 */
export function readValue(source: YamlSource, log: ProblemLog): unknown {
  const { document } = source;
  for (const error of document.errors.filter(({ code }) => code === "DUPLICATE_KEY")) {
    reportDuplicate(source, error.pos[0], log);
  }
  const fatal = document.errors.find(({ code }) => code !== "DUPLICATE_KEY") ?? document.warnings[0];
  if (fatal !== undefined) {
    report(source, fatal, log);
    return undefined;
  }
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
  } catch (error) {
    reportAlias(source, (error as Error).message, log);
    return undefined;
  }
}

function report(source: YamlSource, error: YAMLError, log: ProblemLog): void {
  const reason = error.message.split("\n")[0]?.replace(/[.:]$/, "") ?? error.code;
  log.error(
    placeAtOffset(source, error.pos[0]),
    "yaml-syntax",
    `not valid YAML: ${lowerFirst(reason)}`,
    REMEDIES[error.code] ?? "Mend the YAML here or on the line above",
  );
}

function reportDuplicate(source: YamlSource, offset: number, log: ProblemLog): void {
  const key = /^[^\s:]*/.exec(source.text.slice(offset))?.[0];
  log.error(
    placeAtOffset(source, offset),
    "yaml-duplicate-key",
    `the field ${key} is given twice`,
    "Keep one of the two",
  );
}

/** An alias without its anchor, or so many that the document would explode. */
function reportAlias(source: YamlSource, reason: string, log: ProblemLog): void {
  let offset = 0;
  visit(source.document, {
    Alias(_, alias) {
      if (alias.resolve(source.document) !== undefined) return undefined;
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  log.error(
    placeAtOffset(source, offset),
    "yaml-alias",
    `not usable YAML: ${lowerFirst(reason)}`,
    "Define the anchor above its aliases in the same document, and use few of them",
  );
}

function placeAtOffset(source: YamlSource, offset: number): Place {
  const { line, col } = source.lines.linePos(offset);
  return { file: source.file, line, column: col, path: printPath(source.within ?? []) };
}
