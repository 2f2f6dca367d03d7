import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { isCollection, LineCounter, parseAllDocuments, visit } from "yaml";
import type { Document, Scalar } from "yaml";
import { located } from "../../testdata/fixture.ts";
import { readPlainYaml } from "./plain-yaml.ts";
import { yamlOptions } from "./documents.ts";

/** What the whole parser makes of a text; undefined when it finds a mistake. */
function wholly(text: string): unknown[] | undefined {
  const documents = parseAllDocuments(text, yamlOptions) as Document.Parsed[];
  if (documents.some(({ errors, warnings }) => errors.length + warnings.length > 0)) return undefined;
  const collections = documents.filter(({ contents }) => isCollection(contents));
  try {
    return collections.map((document) => document.toJS() as unknown);
  } catch {
    return undefined;
  }
}

function plainly(text: string): unknown[] | undefined {
  return readPlainYaml(text)?.map(({ value }) => value);
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => path.join(folder, name));
}

const fixtures = [...yamlFiles(located("")), ...yamlFiles("monitoring/slo")];

/** Everything that the fast reader knows. */
const sample = `# head
apiVersion: openslo/v1 # version
metadata:
  name: a
  labels: {}
  annotations:
    burnrate.dev/sli: 'it''s'
spec:
  description: |
    Some text:

      # of lines
  buckets: [0.5, 1, x]
  query: sum(rate(a{b="c"}[$window]))
  timeWindow:
    - duration: 30d
      isRolling: true
    -   duration: "1M"
  objectives:
  - target: 0.99
    value: -3
  - - 1
    - text
---
a:
b: c
`;

/** Slips of the hand, one on each line in turn. */
const slips: Readonly<Record<string, (row: string) => string>> = {
  "a space more": (row) => ` ${row}`,
  "a space less": (row) => row.replace(/^ /, ""),
  "a space at the end": (row) => `${row} `,
  "a comment": (row) => `${row} # why`,
  "a hash": (row) => `${row}#`,
  "a colon": (row) => `${row}:`,
  "a colon less": (row) => row.replace(":", ""),
  "a second value": (row) => `${row} a: b`,
  "a dash": (row) => row.replace(/\S/, "- $&"),
  "no dash": (row) => row.replace("- ", "  "),
  "a quote": (row) => row.replace(/: (?=\S)/, ": '"),
  "another quote": (row) => `${row}"`,
  "a bar": (row) => row.replace(/:.*$/, ": |"),
  "a fold": (row) => row.replace(/:.*$/, ": >"),
  "no value": (row) => row.replace(/:.*$/, ":"),
  "an anchor": (row) => row.replace(/: (?=\S)/, ": &a "),
  "a tag": (row) => row.replace(/: (?=\S)/, ": !!str "),
  "a tab": (row) => row.replace(" ", "\t"),
  "an empty row": (row) => `\n${row}`,
  "a row of spaces": (row) => `${" ".repeat(20)}\n${row}`,
  "a document": (row) => `---\n${row}`,
  "an end": (row) => `${row}\n...`,
  "the row again": (row) => `${row}\n${row}`,
  nothing: () => "",
};

describe("readPlainYaml", () => {
  it("reads the lab's files and most of the fixtures without the whole parser", () => {
    const read = fixtures.filter((file) => plainly(readFileSync(file, "utf8")) !== undefined);
    expect(read).toEqual(expect.arrayContaining(yamlFiles("monitoring/slo")));
    expect(read.length).toBeGreaterThan(fixtures.length / 2);
  });

  it.each(fixtures)("reads %s as the whole parser does, or not at all", (file) => {
    const text = readFileSync(file, "utf8");
    const plain = plainly(text);
    expect(plain ?? wholly(text)).toEqual(wholly(text));
  });

  it.each(Object.entries(slips))("never reads more into a file than the whole parser: %s", (_, slip) => {
    const rows = sample.split("\n");
    const texts = rows.map((row, index) => rows.with(index, slip(row)).join("\n"));
    const read = texts
      .map((text) => ({ text, value: plainly(text) }))
      .filter(({ value }) => value !== undefined);
    expect(read).toEqual(read.map(({ text }) => ({ text, value: wholly(text) })));
  });

  it("knows the line of every field", () => {
    expect(plainly(sample)).toEqual(wholly(sample));
    const counter = new LineCounter();
    const lines: number[] = [];
    for (const document of parseAllDocuments(sample, { ...yamlOptions, lineCounter: counter })) {
      visit(document, {
        Pair: (_, { key }) => void lines.push(counter.linePos((key as Scalar.Parsed).range[0]).line),
      });
    }
    const collections = (readPlainYaml(sample) ?? []).flatMap((document) => Array.from(document.lines));
    const known = collections.flatMap(([of, own]) => (Array.isArray(of) ? [] : Array.from(own.values())));
    expect(known.toSorted((a, b) => a - b)).toEqual(lines);
  });

  it.each([
    ["words", "a: true\nb: null\nc: Null\nd: tRue\ne: yes\nf: nullable\n"],
    ["numbers", "a: 0\nb: -3\nc: 0.999\nd: 99.50\ne: 123456789012345\n"],
    ["texts that begin with a digit", "a: 30d\nb: 2024-01-01 00:00:00\nc: 2024-01-01\n"],
    ["quotes", `a: 'it''s'\nb: "x # y"\nc: '' # why\nd: "a: b" # why\n`],
    ["comments", "# 1\na: b # c\n   # 2\nc: # d\n  e: f#g\n# 3\n"],
    ["flow lists and empty maps", "a: [1, b, 0.5]\nb: []\nc: {} # none\n"],
    ["lists", "- 1\n- a: b\n  c: d\n-   e:\n    - f\n    - - g\n      - h\n"],
    ["a list below its key", "a:\n- b: 1\n  c:\n  - d\ne: f\n"],
    ["blocks", "a: |\n  x: y\n    # no comment\n\n  z \n\nb: |-\n  last\nc: d\n"],
    ["documents", "---\na: 1\n---\n---\n# none\n---\nb: 2\n"],
    ["empty fields", "a:\nb:\n  c:\nd:\n"],
    ["letters beyond ASCII", "a: für alle 😀\n"],
  ])("reads %s", (_, text) => {
    expect(plainly(text)).toEqual(wholly(text));
  });

  it.each([
    ["flow maps", "a: { b: c }\n"],
    ["anchors and aliases", "a: &x b\nc: *x\n"],
    ["merge keys", "a:\n  <<: b\n"],
    ["keys in quotes", '"a": b\n'],
    ["fields given twice", "a: 1\na: 2\n"],
    ["JavaScript's own names", "__proto__: 1\n"],
    ["texts over several lines", "a: b\n  c\n"],
    ["escapes", 'a: "\\n"\n'],
    ["numbers in other notations", "a: 0x1f\n"],
    ["exponents", "a: 1e3\n"],
    ["minus zero", "a: -0\n"],
    ["numbers larger than JavaScript's", "a: 1234567890123456\n"],
    ["folded blocks", "a: >\n  b\n"],
    ["blocks that keep their end", "a: |+\n  b\n"],
    ["blocks that end with the file", "a: |\n  b"],
    ["tabs", "a:\tb\n"],
    ["carriage returns", "a: b\r\n"],
    ["directives", "%YAML 1.2\n---\na: b\n"],
    ["text alone", "just text\n"],
    ["values behind a document's mark", "--- a\n"],
  ])("leaves %s to the whole parser", (_, text) => {
    expect(readPlainYaml(text)).toBeUndefined();
  });

  it("reads of what is no property", () => {
    expect(plainly("constructor: 1\ntoString: a\n")).toEqual([{ constructor: 1, toString: "a" }]);
  });
});
