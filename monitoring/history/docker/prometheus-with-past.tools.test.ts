import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { blocksIn } from "../write/blocks.ts";

const script = path.join(import.meta.dirname, "prometheus-with-past.sh");
let folder: string, texts: string, data: string;

/** Two hours of a past: a file as `history` names it. `samples` is what the name promises. */
function writeText(part: number, samples = 2): void {
  const begin = part * 7200;
  const lines = ['up{job="a"} 1 ' + begin, `up{job="a"} 0 ${begin + 60}`, "# EOF", ""];
  writeFileSync(path.join(texts, `${part}-${samples}-2.om`), lines.join("\n"));
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "burnrate-past-"));
  texts = path.join(folder, "texts");
  data = path.join(folder, "data");
  for (const each of [texts, data, path.join(folder, "bin")]) mkdirSync(each);
  // Stands for Prometheus: tells that it was started, and with what.
  const prometheus = path.join(folder, "bin/prometheus");
  writeFileSync(prometheus, '#!/bin/sh\necho "prometheus $*"\n');
  chmodSync(prometheus, 0o755);
  for (const part of [10, 11, 12]) writeText(part);
  for (const name of ["complete", "incidents.json"]) writeFileSync(path.join(texts, name), "");
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script as the container does: nothing may be written beside the two folders, not even in /tmp. */
async function start(): Promise<{ readonly exitCode: number; readonly output: string }> {
  const env = {
    ...process.env,
    PATH: `${path.join(folder, "bin")}:${process.env["PATH"]}`,
    TMPDIR: path.join(folder, "no-such-folder"),
  };
  return new Promise((resolve) => {
    execFile("sh", [script, texts, data, "--flag", "a b"], { env }, (error, stdout, stderr) => {
      resolve({ exitCode: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}

it("makes blocks of all texts, removes the texts, and becomes Prometheus; the truth stays", async () => {
  const { exitCode, output } = await start();
  expect({ exitCode, output }).toMatchObject({
    exitCode: 0,
    output: expect.stringMatching(/^prometheus --flag a b$/m),
  });
  expect(readdirSync(data)).toEqual(await blocksIn(data));
  expect(readdirSync(data)).toHaveLength(3);
  expect(readdirSync(texts).toSorted()).toEqual(["complete", "incidents.json"]);
  const blocks = readdirSync(data);
  expect((await start()).output).toBe("prometheus --flag a b\n");
  expect(readdirSync(data)).toEqual(blocks);
});

it("begins again where it was killed while it made blocks", async () => {
  mkdirSync(path.join(data, "past.writing/10-2-2/made"), { recursive: true });
  expect(await start()).toMatchObject({ exitCode: 0 });
  expect(readdirSync(data)).toHaveLength(3);
});

it("goes on where it was killed while it moved them, and makes none twice", async () => {
  const [moved, left] = ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "01BX5ZZKBKACTAV9WEVGEMMVRZ"] as const;
  mkdirSync(path.join(data, moved));
  mkdirSync(path.join(data, "past.ready", left), { recursive: true });
  expect((await start()).output).toBe("prometheus --flag a b\n");
  expect(readdirSync(data).toSorted()).toEqual([moved, left]);
  expect(readdirSync(texts).toSorted()).toEqual(["complete", "incidents.json"]);
});

it("leaves data that is there alone, and says nothing of a past that it did not take", async () => {
  mkdirSync(path.join(data, "wal"));
  expect(await start()).toMatchObject({ exitCode: 0, output: expect.stringContaining("has data already") });
  expect(readdirSync(data)).toEqual(["wal"]);
  expect(readdirSync(texts)).toEqual(["complete"]);
});

it("forgets the truth about a past whose data was removed", async () => {
  for (const part of [10, 11, 12]) rmSync(path.join(texts, `${part}-2-2.om`));
  expect(await start()).toMatchObject({ exitCode: 0 });
  expect(existsSync(path.join(texts, "incidents.json"))).toBe(false);
});

it("waits for texts that are not complete, and starts without them", async () => {
  rmSync(path.join(texts, "complete"));
  expect((await start()).output).toBe("prometheus --flag a b\n");
  expect(readdirSync(data)).toEqual([]);
});

it.each([
  [
    "a text that promtool cannot read",
    () => writeFileSync(path.join(texts, "13-2-2.om"), "up{\n"),
    /could not read .*13-2-2\.om\. /,
  ],
  ["fewer samples than there should be", () => writeText(13, 5), /made 2 samples of 5 out of .*13-5-2\.om/],
])("starts no Prometheus on half a past: %s", async (_, spoil, reason) => {
  spoil();
  const { exitCode, output } = await start();
  expect(exitCode).toBe(1);
  expect(output).toMatch(reason);
  expect(output).toContain("Start without one: HISTORY=none");
  expect(output).not.toMatch(/^prometheus /m);
  expect(await blocksIn(data)).toEqual([]);
  expect(readdirSync(texts)).toContain("10-2-2.om");
});
