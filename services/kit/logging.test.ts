import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createLogger, flushLogs } from "./logging.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "burnrate-log-"));
  folders.push(folder);
  return join(folder, "service.log");
}

describe("createLogger", () => {
  it("writes JSON lines with service, level and time in words", () => {
    const lines: string[] = [];
    createLogger({ service: "order", destination: { write: (line) => void lines.push(line) } }).info("hello");
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
      service: "order",
      msg: "hello",
    });
  });

  it("leaves out what is under its level", () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const logger = createLogger({ service: "order", level: "warn", destination });
    logger.info("no");
    logger.warn("yes");
    expect(lines).toHaveLength(1);
  });

  it("appends every line to the file, too", async () => {
    const file = temporaryFile();
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    createLogger({ service: "order", destination, file }).info("first");
    createLogger({ service: "order", destination, file }).info("second");
    await expect.poll(() => readFileSync(file, "utf8"), { timeout: 10_000 }).toBe(lines.join(""));
  });

  it("has written everything, in its order, when it is flushed", async () => {
    const file = temporaryFile();
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const logger = createLogger({ service: "order", destination, file });
    for (let line = 0; line < 1000; line += 1) logger.info({ line }, "hello");
    await flushLogs(logger);
    expect(readFileSync(file, "utf8")).toBe(lines.join(""));
  });

  it("refuses a file that it cannot append to", () => {
    expect(() => createLogger({ service: "order", file: "/nowhere/at/all.log" })).toThrow("ENOENT");
  });
});
