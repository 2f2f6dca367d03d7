/**
 * A fast reader for the YAML that nearly every file is written in: maps and lists in block style, texts and numbers on
 * one line, literal blocks. It declines whatever else there is, mistakes included, and the whole parser (package yaml)
 * reads the file in its place; what both read, they read alike. A thousand SLOs cost it a hundredth of the time.
 */
import { readInline } from "./plain-scalar.ts";
import type { Key } from "./node.ts";

/** A document that is a map or a list. */
export interface PlainDocument {
  readonly value: object;
  /** On which line of the file, from 1, the key or dash of each entry stands, by the map or list that it is in. */
  readonly lines: ReadonlyMap<object, ReadonlyMap<Key, number>>;
}

/**
 * Reads a file's documents.
 *
 * @returns those that are not empty; undefined when the file has anything that this reader leaves to the whole parser.
 */
export function readPlainYaml(text: string): PlainDocument[] | undefined {
  if (FOREIGN.test(text)) return undefined;
  const reader = new Reader(text);
  try {
    return reader.documents();
  } catch (error) {
    if (error instanceof Declined) return undefined;
    throw error;
  }
}

/** Tabs, carriage returns, control characters and line ends of other alphabets. */
const FOREIGN = /[^\P{Cc}\n]|[\u2028\u2029\ufeff]/u;
const ENTRY = /^([A-Za-z_][\w./-]*):(?: +(.*))?$/;
/** Keys that are no text to YAML or no plain property to JavaScript. */
const ODD_KEY = /^(?:true|false|null|__proto__)$/i;
/** The specification's limit for a key and its colon; here the value counts too. */
const LONGEST_LINE = 1000;

class Declined extends Error {}

class Reader {
  readonly #rows: string[];
  readonly #endsInNewline: boolean;
  #row = 0;
  #lines = new Map<object, Map<Key, number>>();

  constructor(text: string) {
    this.#rows = text.split("\n");
    this.#endsInNewline = text.endsWith("\n");
  }

  documents(): PlainDocument[] {
    const documents: PlainDocument[] = [];
    while (this.#row < this.#rows.length) {
      this.#lines = new Map();
      if (this.#indent() === 0) documents.push({ value: this.#block(0), lines: this.#lines });
      if (this.#indent() !== -1) throw new Declined();
      if (this.#row < this.#rows.length && this.#rows[this.#row++] !== "---") throw new Declined();
    }
    return documents;
  }

  /** Goes to the next row that is neither empty nor a comment. @returns its indentation; -1 at a document's end. */
  #indent(): number {
    for (; this.#row < this.#rows.length; this.#row++) {
      const row = this.#rows[this.#row] ?? "";
      const indent = indentOf(row);
      if (indent === row.length || row[indent] === "#") continue;
      return indent === 0 && /^(?:---|\.\.\.|%)/.test(row) ? -1 : indent;
    }
    return -1;
  }

  #block(indent: number): object {
    return this.#isItem(indent) ? this.#list(indent) : this.#map(indent);
  }

  #isItem(indent: number): boolean {
    const row = this.#rows[this.#row] ?? "";
    return row[indent] === "-" && (row[indent + 1] === " " || row.length === indent + 1);
  }

  #map(indent: number): object {
    const map: Record<string, unknown> = {};
    const lines = this.#remember(map);
    for (let found = this.#indent(); found >= indent; found = this.#indent()) {
      const row = this.#rows[this.#row] ?? "";
      const [, key, rest = ""] = ENTRY.exec(row.slice(indent).trimEnd()) ?? [];
      if (found > indent || key === undefined || row.length > LONGEST_LINE) throw new Declined();
      if (Object.hasOwn(map, key) || ODD_KEY.test(key)) throw new Declined();
      lines.set(key, ++this.#row);
      const literal = /^\|(-?)(?: +#.*)?$/.exec(rest);
      if (literal !== null) map[key] = this.#literal(indent, literal[1] === "-");
      else if (rest === "" || rest.startsWith("#")) map[key] = this.#nested(indent);
      else map[key] = this.#inline(rest);
    }
    return map;
  }

  /** What stands below a key; a list may stand as far to the left as the key does. */
  #nested(keyIndent: number): unknown {
    const indent = this.#indent();
    if (indent > keyIndent) return this.#block(indent);
    return indent === keyIndent && this.#isItem(indent) ? this.#list(indent) : null;
  }

  #list(indent: number): unknown[] {
    const list: unknown[] = [];
    const lines = this.#remember(list);
    while (this.#indent() === indent && this.#isItem(indent)) {
      const row = this.#rows[this.#row] ?? "";
      const rest = row.slice(indent + 1).trim();
      if (rest === "" || rest.startsWith("#")) throw new Declined();
      lines.set(list.length, this.#row + 1);
      if (ENTRY.test(rest) || /^-(?: |$)/.test(rest)) {
        // What begins behind a dash goes on below as if a space stood there.
        this.#rows[this.#row] = `${row.slice(0, indent)} ${row.slice(indent + 1)}`;
        list.push(this.#block(row.length - row.slice(indent + 1).trimStart().length));
      } else {
        this.#row++;
        list.push(this.#inline(rest));
      }
    }
    if (this.#indent() > indent) throw new Declined();
    return list;
  }

  #inline(text: string): unknown {
    const read = readInline(text);
    if (read === undefined) throw new Declined();
    return read.value;
  }

  /** The rows of a `|`, without their common indentation. */
  #literal(keyIndent: number, strip: boolean): string {
    const rows: string[] = [];
    let indent = 0;
    for (; this.#row < this.#rows.length; this.#row++) {
      const row = this.#rows[this.#row] ?? "";
      const own = indentOf(row);
      if (own < row.length && indent === 0) indent = own;
      if (own < row.length && own < indent) break;
      if (indent <= keyIndent && own < row.length) break;
      // White space that is text, or that would have to be told from indentation.
      if (own === row.length && own > keyIndent) throw new Declined();
      rows.push(row.slice(indent));
    }
    while (rows.at(-1) === "") rows.pop();
    const toTheEnd = this.#row === this.#rows.length && !this.#endsInNewline;
    if (rows.length === 0 || toTheEnd) throw new Declined();
    return `${rows.join("\n")}${strip ? "" : "\n"}`;
  }

  #remember(collection: object): Map<Key, number> {
    const lines = new Map<Key, number>();
    this.#lines.set(collection, lines);
    return lines;
  }
}

function indentOf(row: string): number {
  let indent = 0;
  while (row.charCodeAt(indent) === 32) indent++;
  return indent;
}
