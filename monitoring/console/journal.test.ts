import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { Journal } from "./journal.ts";
import type { Position } from "./journal.ts";
import { temporaryDirectory } from "./testing.ts";

let directory: string;
let lines: string[];
let torn: string[];

beforeEach(() => {
  directory = temporaryDirectory();
});

/** Opens the journal as a new run of the program would; `lines` and `torn` are then what it found. */
function open(segmentBytes = 1000, onLine: (line: string, at: Position) => void = () => undefined): Journal {
  lines = [];
  torn = [];
  return new Journal({
    directory,
    name: "inbox",
    segmentBytes,
    onLine: (line, at) => {
      lines.push(line);
      onLine(line, at);
    },
    onTorn: (file, bytes) => torn.push(`${path.basename(file)}: ${bytes}`),
  });
}

describe("a journal", () => {
  it("gives each line back, from where it was put", async () => {
    const journal = open();
    const first = journal.append("erste Zeile: grüße");
    const second = journal.append("second");
    expect(await journal.read(first)).toBe("erste Zeile: grüße");
    expect(await journal.read(second)).toBe("second");
    expect(journal.bytes).toBe(Buffer.byteLength("erste Zeile: grüße\nsecond\n"));
  });

  it("has written a line when append returns, so that a kill loses nothing", () => {
    open().append("kept");
    // The first journal is neither closed nor flushed: that is what a kill leaves.
    open();
    expect(lines).toEqual(["kept"]);
  });

  it("gives the positions of an earlier run's lines", async () => {
    open().append("kept");
    const positions: Position[] = [];
    const journal = open(1000, (_line, at) => positions.push(at));
    expect(await Promise.all(positions.map((at) => journal.read(at)))).toEqual(["kept"]);
  });

  it("skips a torn last line, says so once, and goes on behind it", () => {
    open().append("whole");
    appendFileSync(path.join(directory, "inbox-000001.jsonl"), '{"half');
    open().append("next");
    expect(lines).toEqual(["whole"]);
    expect(torn).toEqual(["inbox-000001.jsonl: 6"]);
    open();
    expect(lines).toEqual(["whole", "next"]);
    expect(torn).toEqual([]);
  });

  it("leaves no file behind for a run that wrote nothing", () => {
    for (const _ of [1, 2, 3]) open();
    expect(readdirSync(directory)).toEqual([]);
  });

  it("leaves other files of its folder alone", () => {
    for (const file of ["watchdog.json", "inbox-x.jsonl", "other-000001.jsonl"])
      writeFileSync(path.join(directory, file), "{}\n");
    open();
    expect(lines).toEqual([]);
  });
});

describe("segments", () => {
  it("begin anew when one is full, and go in order of age", async () => {
    const journal = open(10);
    const positions = ["one line", "another", "third"].map((line) => journal.append(line));
    expect(positions.map(({ segment }) => segment)).toEqual([1, 1, 2]);
    journal.dropBefore(2);
    expect(await Promise.all(positions.map((at) => journal.read(at)))).toEqual([
      undefined,
      undefined,
      "third",
    ]);
    expect(journal.bytes).toBe("third\n".length);
    expect(readdirSync(directory)).toEqual(["inbox-000002.jsonl"]);
  });

  it("are never mixed with those of another program on the same folder", () => {
    const one = open();
    const other = open();
    one.append("one");
    other.append("other");
    one.append("one more");
    expect(readFileSync(path.join(directory, "inbox-000001.jsonl"), "utf8")).toBe("one\none more\n");
    expect(readFileSync(path.join(directory, "inbox-000002.jsonl"), "utf8")).toBe("other\n");
  });

  it("are not dropped while they are being written", async () => {
    const journal = open();
    const at = journal.append("current");
    journal.dropBefore(99);
    await expect(journal.read(at)).resolves.toBe("current");
  });
});

it("names the folder that it cannot use", () => {
  writeFileSync(path.join(directory, "file"), "");
  directory = path.join(directory, "file");
  expect(() => open()).toThrow(/EEXIST|ENOTDIR/);
});
