import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseAlloy, type Block, type Value } from "./testing/parse.ts";

const blocks = parseAlloy(readFileSync(new URL("config.alloy", import.meta.url), "utf8"));

/** What Alloy's reference knows, as far as it is used: attributes, inner blocks, and the export that others name. */
const reference: Readonly<Record<string, { knows: readonly string[]; exports?: string }>> = {
  "local.file_match": { knows: ["path_targets", "sync_period"], exports: "targets" },
  "discovery.relabel": { knows: ["targets", "rule"], exports: "output" },
  rule: { knows: ["source_labels", "regex", "target_label"] },
  "loki.source.file": { knows: ["targets", "forward_to"] },
  "loki.process": {
    knows: [
      "forward_to",
      ...["json", "timestamp", "labels", "structured_metadata", "label_keep"].map(
        (stage) => `stage.${stage}`,
      ),
    ],
    exports: "receiver",
  },
  "stage.json": { knows: ["expressions"] },
  "stage.timestamp": { knows: ["source", "format"] },
  "stage.labels": { knows: ["values"] },
  "stage.structured_metadata": { knows: ["values"] },
  "stage.label_keep": { knows: ["values"] },
  "loki.write": { knows: ["endpoint"], exports: "receiver" },
  endpoint: { knows: ["url"] },
};

describe("config.alloy", () => {
  it("uses only what Alloy's reference has", () => {
    expect(all(blocks).flatMap(unknownParts)).toEqual([]);
  });

  it("names only components that are there, by what they export", () => {
    const exported = new Set(blocks.map(({ name, label }) => `${name}.${label}.${reference[name]?.exports}`));
    const named = all(blocks).flatMap(({ attributes }) => [...attributes.values()].flatMap(references));
    expect(named.filter((name) => !exported.has(name))).toEqual([]);
    expect(named).toHaveLength(4);
  });

  it("keeps the labels few: service, from the file's name, and level", () => {
    expect(part("stage.label_keep").get("values")).toEqual(["service", "level"]);
    expect([...(part("stage.labels").get("values") as ReadonlyMap<string, Value>).keys()]).toEqual(["level"]);
    expect(part("rule").get("target_label")).toBe("service");
    const regex = part("rule").get("regex") as string;
    const [, service] = new RegExp(`^${regex}$`).exec("/var/log/burnrate/order.log") ?? [];
    expect(service).toBe("order");
  });

  it("makes of what differs by request structured metadata, spelled as the services write it", () => {
    const metadata = part("stage.structured_metadata").get("values");
    expect(metadata).toEqual(new Map(["trace_id", "request_id"].map((name) => [name, name])));
    const read = part("stage.json").get("expressions");
    expect(read).toEqual(new Map(["level", "time", "trace_id", "request_id"].map((name) => [name, name])));
  });

  it("reads no file that was moved aside", () => {
    expect(part("local.file_match").get("path_targets")).toEqual([
      new Map([["__path__", "/var/log/burnrate/*.log"]]),
    ]);
  });
});

describe("the reader of Alloy's language", () => {
  it.each([
    ['a "b" {\n  c = "d"', "line 2: got the end, want a new line"],
    ["a {\n  b = [c d]\n}", "line 2: got d, want , or ]"],
    ["a {\n  b 1\n}", "line 2: got 1, want Alloy's language"],
    ['a {\n  b = "c" d = "e"\n}', "line 2: got d, want a new line"],
  ])("refuses %j", (source, message) => {
    expect(() => parseAlloy(source)).toThrow(new SyntaxError(message));
  });
});

function all(some: readonly Block[]): Block[] {
  return some.flatMap((block) => [block, ...all(block.blocks)]);
}

function unknownParts({ name, attributes, blocks: inner }: Block): string[] {
  const known = reference[name]?.knows;
  if (known === undefined) return [name];
  const parts = [...attributes.keys(), ...inner.map((block) => block.name)];
  return parts.filter((each) => !known.includes(each)).map((each) => `${name}: ${each}`);
}

function references(value: Value): string[] {
  if (typeof value === "string") return [];
  if ("reference" in value) return [value.reference];
  return [...value.values()].flatMap(references);
}

/** The attributes of the one block of a name. */
function part(name: string): ReadonlyMap<string, Value> {
  const found = all(blocks).filter((block) => block.name === name);
  expect(found).toHaveLength(1);
  return found[0]?.attributes ?? new Map();
}
