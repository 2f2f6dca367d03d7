/** What a delivery that is too large does to the next one on its connection, seen from a raw socket. */
import { connect } from "node:net";
import type { Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { listen } from "../../../services/kit/server.ts";
import { bodyLimits } from "../limits.ts";
import { testConsole, trigger } from "../testing.ts";

const MB = 1024 * 1024;
/** Generous: only a failure waits this long. */
const PATIENCE = { timeout: 20_000 };
const TIMEOUT = 60_000;

async function open() {
  const { app, inbox } = testConsole();
  const server = await listen({ fetch: app.fetch, host: "127.0.0.1", port: 0 });
  const socket = connect(server.port, "127.0.0.1");
  onTestFinished(async () => {
    socket.destroy();
    await server.stop(0);
  });
  let received = "";
  socket.setEncoding("utf8").on("data", (text: string) => (received += text));
  // The console may hang up on what it will not read; then the write fails, and the answer is there already.
  socket.on("error", () => undefined);
  const statuses = (): number[] =>
    [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map((found) => Number(found[1]));
  const ready = async (): Promise<number> => (await fetch(`http://127.0.0.1:${server.port}/healthz`)).status;
  return { socket, inbox, statuses, ready, received: () => received };
}

const head = (bytes: number): string =>
  `POST /v2/enqueue HTTP/1.1\r\nhost: console\r\ncontent-type: application/json\r\ncontent-length: ${bytes}\r\n\r\n`;

function write(socket: Socket, what: string | Buffer): Promise<void> {
  return new Promise((resolve) => void socket.write(what, () => resolve()));
}

it(
  "is answered once it has been read, and the next one on the connection is taken",
  async () => {
    const { socket, inbox, statuses, ready } = await open();
    const half = Buffer.alloc(2.5 * MB, "a");
    await write(socket, head(2 * half.length));
    await write(socket, half);
    // An answer now would start the clock after which the server closes the connection, whatever comes on it by then.
    expect([await ready(), statuses()]).toEqual([200, []]);
    await write(socket, half);
    await expect.poll(statuses, PATIENCE).toEqual([413]);
    const next = JSON.stringify(trigger());
    await write(socket, head(Buffer.byteLength(next)) + next);
    await expect.poll(statuses, PATIENCE).toEqual([413, 202]);
    expect(inbox.list({ limit: 9 }).map(({ state }) => state)).toEqual(["firing", "refused"]);
  },
  TIMEOUT,
);

it(
  "is told to close the connection where its end is not worth waiting for",
  async () => {
    const { socket, statuses, received } = await open();
    await write(socket, head(500 * MB));
    const piece = Buffer.alloc(MB, "a");
    for (let sent = 0; sent < bodyLimits.discarded + 4 * MB && statuses().length === 0; sent += MB)
      await write(socket, piece);
    await expect.poll(statuses, PATIENCE).toEqual([413]);
    expect(received()).toMatch(/^connection: close\r$/im);
  },
  TIMEOUT,
);
