/** What a refused body does to the next request on its connection, seen from a raw socket. */
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { readBody } from "./body.ts";
import { createRouter } from "./router.ts";
import { listen } from "./server.ts";

const LIMIT = 64;
const kB = 1024;
/** Generous: only a failure waits this long. */
const PATIENCE = { timeout: 20_000 };

async function open() {
  const handle = async (c: Parameters<typeof readBody>[0]) => ({
    status: 200,
    body: await readBody(c, z.strictObject({ name: z.string() }), LIMIT),
  });
  const app = createRouter([{ method: "POST", path: "/echo", statuses: [200, 413, 415], handle }]);
  const server = await listen({ fetch: app.fetch, host: "127.0.0.1", port: 0 });
  const socket = connect(server.port, "127.0.0.1");
  onTestFinished(async () => {
    socket.destroy();
    await server.stop(0);
  });
  let received = "";
  socket.setEncoding("utf8").on("data", (text: string) => (received += text));
  // The server may hang up on what it will not read; then the write fails, and the answer is there already.
  socket.on("error", () => undefined);
  const write = (what: string): Promise<void> =>
    new Promise((resolve) => void socket.write(what, () => resolve()));
  const statuses = (): number[] =>
    [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map((found) => Number(found[1]));
  const otherAnswer = async (): Promise<number> => (await fetch(`http://127.0.0.1:${server.port}/`)).status;
  return { write, statuses, otherAnswer, received: () => received };
}

const head = (path: string, type: string, length: string): string =>
  `POST ${path} HTTP/1.1\r\nhost: kit\r\ncontent-type: ${type}\r\n${length}\r\n\r\n`;
const announced = (bytes: number): string => `content-length: ${bytes}`;
const CHUNKED = "transfer-encoding: chunked";
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
const NEXT = '{"name":"next"}';

describe("a body that is refused", () => {
  it.each([
    ["for its announced length", "/echo", "application/json", 413],
    ["for its type", "/echo", "text/plain", 415],
    ["because nothing is there", "/nowhere", "application/json", 404],
  ])(
    "%s is answered once it has been read, and the next one on the connection is taken",
    async (_why, path, type, status) => {
      const { write, statuses, otherAnswer } = await open();
      const half = "a".repeat(100 * kB);
      await write(head(path, type, announced(2 * half.length)) + half);
      // An answer now would start the clock after which the server closes the connection, whatever comes on it by then.
      expect([await otherAnswer(), statuses()]).toEqual([404, []]);
      await write(half);
      await expect.poll(statuses, PATIENCE).toEqual([status]);
      await write(head("/echo", "application/json", announced(NEXT.length)) + NEXT);
      await expect.poll(statuses, PATIENCE).toEqual([status, 200]);
    },
  );

  it("because it grew over the limit is read to its end, too", async () => {
    const { write, statuses, otherAnswer } = await open();
    await write(head("/echo", "application/json", CHUNKED) + chunk("a".repeat(100 * kB)));
    expect([await otherAnswer(), statuses()]).toEqual([404, []]);
    await write(`${chunk("a".repeat(100 * kB))}0\r\n\r\n`);
    await expect.poll(statuses, PATIENCE).toEqual([413]);
    await write(head("/echo", "application/json", announced(NEXT.length)) + NEXT);
    await expect.poll(statuses, PATIENCE).toEqual([413, 200]);
  });

  it.each([
    ["announced", announced(500 * kB * kB), (text: string) => text],
    ["chunked", CHUNKED, chunk],
  ])(
    "is told to close the connection where its end is not worth waiting for: %s",
    async (_how, length, piece) => {
      const { write, statuses, received } = await open();
      await write(head("/echo", "application/json", length));
      for (let sent = 0; sent < 5 * kB && statuses().length === 0; sent += 100)
        await write(piece("a".repeat(100 * kB)));
      await expect.poll(statuses, PATIENCE).toEqual([413]);
      expect(received()).toMatch(/^connection: close\r$/im);
    },
  );
});
