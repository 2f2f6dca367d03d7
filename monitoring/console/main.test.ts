import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";
import { temporaryDirectory } from "./testing.ts";

const main = path.join(import.meta.dirname, "main.ts");
const start = (env: Readonly<Record<string, string>>) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main], {
    env,
    encoding: "utf8",
    timeout: 30_000,
  });
  return { status, stdout, stderr };
};

it("does not start on a bad environment, and says what is wrong with it", () => {
  expect(start({ PORT: "abc" })).toEqual({
    status: 2,
    stdout: "",
    stderr:
      'PORT: got "abc", want a port from 0 to 65535\nDATA_DIR: got nothing, want a folder that the inbox is kept in\n',
  });
}, 30_000);

it("does not start where it cannot keep an inbox", () => {
  const { status, stderr } = start({ DATA_DIR: path.join(main, "inbox"), PORT: "0", SMTP_PORT: "0" });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^console: ENOTDIR: not a directory, mkdir/);
}, 30_000);

it("names the address that it cannot listen on", () => {
  const { status, stderr } = start({
    DATA_DIR: temporaryDirectory(),
    HOST: "192.0.2.1",
    PORT: "0",
    SMTP_PORT: "0",
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^console: cannot listen for mail on 192\.0\.2\.1:0: listen EADDRNOTAVAIL/);
}, 30_000);
