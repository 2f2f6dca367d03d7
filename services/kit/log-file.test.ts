import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openLogFile } from "./log-file.ts";

function temporaryFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "burnrate-log-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return path.join(folder, "order.log");
}

it("moves a full file aside and keeps one of them, with every line whole and in its order", async () => {
  const file = temporaryFile();
  const log = openLogFile(file, 100);
  const lines = Array.from({ length: 25 }, (_, index) => `line ${String(index).padStart(4, "0")}\n`);
  for (const line of lines) log.write(line);
  await expect.poll(() => readFileSync(`${file}.1`, "utf8")).toBe(lines.slice(10, 20).join(""));
  await expect.poll(() => readFileSync(file, "utf8")).toBe(lines.slice(20).join(""));
  expect(readdirSync(path.dirname(file)).toSorted()).toEqual(["order.log", "order.log.1"]);
});

it("counts what an earlier run left in the file", async () => {
  const file = temporaryFile();
  writeFileSync(file, "x".repeat(100));
  openLogFile(file, 100).write("new\n");
  await expect.poll(() => readFileSync(file, "utf8")).toBe("new\n");
  expect(readFileSync(`${file}.1`, "utf8")).toBe("x".repeat(100));
});

it("refuses a file that it cannot append to", () => {
  expect(() => openLogFile("/nowhere/at/all.log")).toThrow("ENOENT");
});
