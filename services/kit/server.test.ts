import { request } from "undici";
import { afterEach, describe, expect, it } from "vitest";
import { createFaultEffects } from "./fault-effects.ts";
import { createFaultBoard } from "./faults.ts";
import { createRouter } from "./router.ts";
import { seededRandom } from "./random.ts";
import { listen } from "./server.ts";
import type { Served } from "./router.ts";
import type { RunningServer } from "./server.ts";

const running: RunningServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map(async (server) => server.stop(0)));
});

/** A server with a route that answers when it is told to. */
async function serve() {
  const gate = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const board = createFaultBoard();
  const effects = createFaultEffects(board, seededRandom(1));
  const served: Served[] = [];
  const app = createRouter(
    [
      { method: "GET", path: "/fast", statuses: [200], handle: () => ({ status: 200, body: "fast" }) },
      {
        method: "GET",
        path: "/slow",
        statuses: [200],
        handle: async () => {
          arrived.resolve();
          await gate.promise;
          return { status: 200, body: "slow" };
        },
      },
    ],
    {
      before: (c) => effects.beforeRequest(() => c.req.raw.signal),
      after: (one) => void served.push(one),
    },
  );
  const server = await listen({ fetch: app.fetch, host: "127.0.0.1", port: 0 });
  running.push(server);
  return { server, url: `http://127.0.0.1:${server.port}`, gate, arrived, board, served };
}

describe("listen", () => {
  it("serves on a port that the system chose", async () => {
    const { url } = await serve();
    const { statusCode, body } = await request(`${url}/fast`);
    expect([statusCode, await body.json()]).toEqual([200, "fast"]);
  });

  it("says who is in the way", async () => {
    const { server } = await serve();
    await expect(
      listen({ fetch: () => new Response(), host: "127.0.0.1", port: server.port }),
    ).rejects.toThrow(`cannot listen on 127.0.0.1:${server.port}: another program listens there`);
  });

  it("lets a request in flight finish when it stops, and takes no new one", async () => {
    const { server, url, gate, arrived } = await serve();
    const slow = request(`${url}/slow`);
    await arrived.promise;
    const stopped = server.stop(10_000);
    await expect(request(`${url}/fast`, { reset: true })).rejects.toMatchObject({ code: "ECONNREFUSED" });
    gate.resolve();
    expect((await slow).statusCode).toBe(200);
    expect(await stopped).toBe(0);
  });

  it("cuts off what is still there at the deadline, and says how much", async () => {
    const { server, url, arrived } = await serve();
    const slow = request(`${url}/slow`).catch((error: unknown) => error);
    await arrived.promise;
    expect(await server.stop(20)).toBe(1);
    expect(await slow).toMatchObject({ code: "UND_ERR_SOCKET" });
  });

  it("does not wait for connections that are merely kept open", async () => {
    const { server, url } = await serve();
    await (await request(`${url}/fast`)).body.dump();
    expect(await server.stop(10_000)).toBe(0);
  });

  it("lets go of a request whose caller went away during a hanging outage, and counts it as 503", async () => {
    const { url, board, served } = await serve();
    board.add({ fault: "outage", variant: "hang", lasts: 60_000 });
    const caller = new AbortController();
    const hanging = request(`${url}/fast`, { signal: caller.signal }).catch((error: unknown) => error);
    // Connections are taken in order: when this is answered, the one before has long been read.
    expect((await request(`${url}/nowhere`)).statusCode).toBe(404);
    caller.abort();
    await hanging;
    await expect
      .poll(() => served.filter(({ status }) => status === 503), { timeout: 10_000 })
      .toHaveLength(1);
  });
});
