import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/fixtures.ts";
import { takeLock } from "./lock.ts";

describe("the lock of a state folder", () => {
  it("is there while it is held and gone afterwards", async () => {
    const directory = temporaryDirectory();
    const lock = await takeLock(directory, "console on port 1");
    expect(readdirSync(directory)).toEqual(["lock.json"]);
    await lock.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it("tells the second comer who holds it, since when, and where", async () => {
    const directory = temporaryDirectory();
    const lock = await takeLock(directory, "console on port 1");
    await expect(takeLock(directory, "console on port 2")).rejects.toMatchObject({
      code: "STATE_HELD",
      exitCode: 2,
      message: expect.stringMatching(
        new RegExp(
          `^${directory} is held by process ${process.pid} since \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z \\(console on port 1\\)\\. ` +
            `Stop it with: kill ${process.pid}, or start another stack beside it with --state DIR --port-offset N\\.$`,
        ),
      ),
    });
    await lock.release();
    await (await takeLock(directory, "console on port 2")).release();
  });

  it("of a process that is gone is taken over, also when its id belongs to another one now", async () => {
    const directory = temporaryDirectory();
    const since = new Date().toISOString();
    const stale = { pid: process.pid, startedAt: "another start", since, ports: "" };
    writeFileSync(path.join(directory, "lock.json"), JSON.stringify(stale));
    const lock = await takeLock(directory, "console on port 1");
    const held = JSON.parse(readFileSync(path.join(directory, "lock.json"), "utf8")) as { ports: string };
    expect(held.ports).toBe("console on port 1");
    expect(readdirSync(directory)).toEqual(["lock.json"]);
    await lock.release();
  });

  it("that nobody can read counts as stale", async () => {
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, "lock.json"), "{");
    const lock = await takeLock(directory, "console on port 1");
    await lock.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it("is not given back by somebody who lost it", async () => {
    const directory = temporaryDirectory();
    const lock = await takeLock(directory, "console on port 1");
    writeFileSync(path.join(directory, "lock.json"), "not ours");
    await lock.release();
    expect(readFileSync(path.join(directory, "lock.json"), "utf8")).toBe("not ours");
  });
});
