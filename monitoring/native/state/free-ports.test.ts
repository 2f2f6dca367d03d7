import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { LOOPBACK } from "../ports.ts";
import { freePort } from "../testing/fixtures.ts";
import { requireFreePorts } from "./free-ports.ts";

async function occupy(port: number): Promise<void> {
  const server = createServer().listen(port, LOOPBACK);
  await once(server, "listening");
  onTestFinished(() => void server.close());
}

describe("the ports of a stack", () => {
  it("may all be free, and stay so", async () => {
    const port = await freePort();
    await expect(requireFreePorts([["shop", port]])).resolves.toBeUndefined();
    await expect(occupy(port)).resolves.toBeUndefined();
  });

  it("are each named when taken, with the process that holds them and the way out", async () => {
    const [shop, free, till] = [await freePort(), await freePort(), await freePort()];
    await Promise.all([occupy(shop), occupy(till)]);
    const holder = process.platform === "linux" ? `process ${process.pid} \\(.+\\)` : "another process";
    await expect(
      requireFreePorts([
        ["shop", shop],
        ["bank", free],
        ["till", till],
      ]),
    ).rejects.toMatchObject({
      code: "PORT_TAKEN",
      exitCode: 2,
      message: expect.stringMatching(
        new RegExp(
          `^Port ${shop} \\(shop\\) is taken by ${holder}\\.\nPort ${till} \\(till\\) is taken by ${holder}\\.\n` +
            "Move all ports of this stack with --port-offset N\\.$",
        ),
      ),
    });
  });
});
