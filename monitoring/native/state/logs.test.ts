import {
  closeSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/fixtures.ts";
import { lastLines, logFile, openLog, trimLog } from "./logs.ts";

describe("a component's log", () => {
  it("begins anew at each start, and the one before is kept", () => {
    const directory = temporaryDirectory();
    for (const text of ["first\n", "second\n", "third\n"]) {
      const log = openLog(directory, "shop");
      writeSync(log, text);
      closeSync(log);
    }
    expect(readFileSync(path.join(directory, "logs/shop.log"), "utf8")).toBe("third\n");
    expect(readFileSync(path.join(directory, "logs/shop.log.1"), "utf8")).toBe("second\n");
  });

  it("is cut when it grows too long, while its program goes on writing", () => {
    const directory = temporaryDirectory();
    const log = openLog(directory, "shop");
    writeSync(log, "old\n");
    trimLog(directory, "shop");
    expect(statSync(logFile(directory, "shop")).size).toBe(4);
    truncateSync(logFile(directory, "shop"), 17 * 1024 * 1024);
    trimLog(directory, "shop");
    writeSync(log, "new\n");
    closeSync(log);
    expect(readFileSync(logFile(directory, "shop"), "utf8")).toBe("new\n");
    expect(statSync(`${logFile(directory, "shop")}.1`).size).toBe(17 * 1024 * 1024);
  });

  it("ends in its last ten lines", () => {
    const directory = temporaryDirectory();
    mkdirSync(path.join(directory, "logs"));
    const lines = Array.from({ length: 12 }, (_, index) => `line ${index}`);
    writeFileSync(logFile(directory, "shop"), `${lines.join("\n")}\n`);
    const shown = lines.slice(2).map((line) => `  ${line}`);
    expect(lastLines(directory, "shop")).toBe(
      `Its last lines (${logFile(directory, "shop")}):\n${shown.join("\n")}`,
    );
  });

  it("that is empty says so", () => {
    const directory = temporaryDirectory();
    closeSync(openLog(directory, "shop"));
    expect(lastLines(directory, "shop")).toBe(`It wrote nothing to ${logFile(directory, "shop")}.`);
  });
});
