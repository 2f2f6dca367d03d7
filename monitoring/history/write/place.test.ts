import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { identify } from "../../native/processes/identity.ts";
import { labInputs } from "../inputs.ts";
import { beginWriting, commit, giveUp, named, openPlace } from "./place.ts";
import { writePast } from "./write-past.ts";

const BLOCK = "01JDQ0000000000000000000AB";
/** Above every process id that Linux gives. */
const NOBODY = 4_194_305;

let folder: string;
let directory: string;
let incidentsFile: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "burnrate-place-"));
  directory = path.join(folder, "prometheus");
  incidentsFile = path.join(folder, "incidents.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

function fill(place: string): void {
  mkdirSync(path.join(place, BLOCK), { recursive: true });
  writeFileSync(path.join(place, "incidents.json"), "the truth");
}

describe("a data directory", () => {
  it("is made when it is not there, and is empty then", async () => {
    expect(await openPlace(directory, incidentsFile)).toBe("nothing");
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each([[BLOCK], ["wal"], ["chunks_head"]])("holds data when there is a %s", async (name) => {
    mkdirSync(path.join(directory, name), { recursive: true });
    expect(await openPlace(directory, incidentsFile)).toBe("data");
  });

  it("gets a complete past: its blocks, and the truth where it is wanted", async () => {
    await openPlace(directory, incidentsFile);
    fill(await beginWriting(directory));
    await commit(directory, incidentsFile);
    expect(readdirSync(directory)).toEqual([BLOCK]);
    expect(readFileSync(incidentsFile, "utf8")).toBe("the truth");
  });

  it("is as it was when a past is given up", async () => {
    await openPlace(directory, incidentsFile);
    fill(await beginWriting(directory));
    await giveUp(directory);
    expect(readdirSync(directory)).toEqual([]);
    expect(existsSync(incidentsFile)).toBe(false);
  });
});

describe("a write that was killed", () => {
  it("is forgotten when it was not complete", async () => {
    fill(path.join(directory, `past.writing.${NOBODY}`));
    expect(await openPlace(directory, incidentsFile)).toBe("nothing");
    expect(readdirSync(directory)).toEqual([]);
  });

  it("is finished when it was", async () => {
    fill(path.join(directory, "past.ready"));
    expect(await openPlace(directory, incidentsFile)).toBe("data");
    expect(readdirSync(directory)).toEqual([BLOCK]);
    expect(readFileSync(incidentsFile, "utf8")).toBe("the truth");
  });

  it("is finished when it was killed while its blocks moved", async () => {
    fill(path.join(directory, "past.ready"));
    mkdirSync(path.join(directory, BLOCK.replace("A", "C")));
    expect(await openPlace(directory, incidentsFile)).toBe("data");
    expect(readdirSync(directory)).toHaveLength(2);
  });

  it("is not touched while its process lives", async () => {
    const theirs = `past.writing.${process.ppid}`;
    fill(path.join(directory, theirs));
    await expect(openPlace(directory, incidentsFile)).rejects.toThrow(
      `${directory}: process ${process.ppid} writes a past there.`,
    );
    expect(readdirSync(directory)).toEqual([theirs]);
  });
});

describe("a past that cannot be written", () => {
  it.each([
    ["ENOSPC", "The disk is full; make room, or start without a past: --history none"],
    ["EACCES", "Give this user the right to write there, or name another folder"],
    ["EROFS", "It is on a read-only file system; name another folder"],
  ])("says what to do about %s", async (code, remedy) => {
    const refused = named("/data", () =>
      Promise.reject(Object.assign(new Error(`${code}: write`), { code })),
    );
    await expect(refused).rejects.toThrow(`/data: ${code}: write. ${remedy}.`);
  });

  it("says that a file stands in its way", async () => {
    writeFileSync(path.join(folder, "file"), "");
    const refused = openPlace(path.join(folder, "file", "prometheus"), incidentsFile);
    await expect(refused).rejects.toThrow("A file stands where a folder is wanted; name another folder.");
  });

  it("leaves nothing when promtool fails, not even another promtool that still runs", async () => {
    const promtool = path.join(folder, "promtool");
    // The first of two fails as soon as the second runs; that one would write half a minute later.
    const script = `#!/bin/sh
      if mkdir '${folder}/first'; then
        until [ -s '${folder}/second' ]; do sleep 0.05; done
        echo 'write chunk: no space left on device'
        exit 1
      fi 2>/dev/null
      echo $$ > '${folder}/second'
      for place; do :; done
      sleep 30; mkdir -p "$place"`;
    writeFileSync(promtool, script, { mode: 0o755 });
    const past = { ...labInputs(), directory, incidentsFile, promtool, seed: 1, timeScale: 60 };
    await expect(writePast({ ...past, toMs: Date.parse("2026-11-28T12:00:00Z") })).rejects.toThrow(
      "promtool could not write a part of the past (exit code 1); nothing was changed.\n" +
        "write chunk: no space left on device\nThe disk is full; make room,",
    );
    expect(identify(Number(readFileSync(path.join(folder, "second"), "utf8")))).toBeUndefined();
    expect(readdirSync(directory)).toEqual([]);
    expect(existsSync(incidentsFile)).toBe(false);
  });
});
