import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { startListening } from "./program.ts";

/** A program that runs some JavaScript. */
function programOf(source: string) {
  const directory = mkdtempSync(path.join(tmpdir(), "burnrate-program-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const main = path.join(directory, "main.mjs");
  writeFileSync(main, source);
  return { name: "toy", main, env: {} };
}

it("knows the ports that a program says, after other lines", async () => {
  const running = await startListening(
    programOf(`
      console.log('{"msg":"starting","port":1}\\n{"msg":"listening","port":4711,"admin_port":4712}');
      setInterval(() => undefined, 1000);
    `),
  );
  expect(running).toMatchObject({ name: "toy", port: 4711, adminPort: 4712 });
  await running.kill();
  expect(() => process.kill(running.pid, 0)).toThrow("ESRCH");
});

it("lets a program log more than a pipe holds", async () => {
  const running = await startListening(
    programOf(`
      import { createServer } from "node:http";
      let written = false;
      const server = createServer((_, response) => response.end(String(written))).listen(0, "127.0.0.1", () => {
        console.log(JSON.stringify({ msg: "listening", port: server.address().port }));
        setTimeout(() => process.stdout.write("x".repeat(4e6), () => (written = true)), 100);
      });
    `),
  );
  onTestFinished(() => running.kill());
  const written = async () => (await fetch(`http://127.0.0.1:${running.port}`)).text();
  await expect.poll(written, { timeout: 20_000 }).toBe("true");
  expect(running.adminPort).toBe(0);
});

it("gives a program nothing of the shell's variables", async () => {
  vi.stubEnv("PORT", "1");
  onTestFinished(() => void vi.unstubAllEnvs());
  const running = await startListening(
    programOf(
      'console.log(JSON.stringify({ msg: "listening", port: Number(process.env.PORT ?? 2) })); setInterval(() => undefined, 1000);',
    ),
  );
  onTestFinished(() => running.kill());
  expect(running.port).toBe(2);
});

it("says that a program ended before it listened", async () => {
  await expect(startListening(programOf("process.exit(3);"))).rejects.toThrow(
    "toy ended while starting, before it listened",
  );
});
