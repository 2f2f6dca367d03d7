/** What the runner's tests share. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { LOOPBACK, localUrl } from "../ports.ts";
import type { Component } from "../processes/component.ts";

/** A folder that is gone when the test is over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), "burnrate-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, LOOPBACK, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/**
 * A component that answers every request, as a Node program.
 *
 * @param extra statements to run besides.
 */
export async function httpComponent(name: string, extra = ""): Promise<Component> {
  const port = await freePort();
  const program = `require("http").createServer((_, answer) => answer.end()).listen(${port}, "${LOOPBACK}"); ${extra}`;
  return {
    name,
    command: process.execPath,
    args: ["--eval", program],
    env: {},
    ports: [[name, port]],
    readyUrl: localUrl(port),
    after: [],
  };
}
