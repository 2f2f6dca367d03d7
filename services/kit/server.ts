import { once } from "node:events";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";

export interface ListenOptions {
  /** What answers: a Hono app's `fetch`. */
  fetch: (request: Request, env: unknown) => Response | Promise<Response>;
  /** The address to listen on. */
  host: string;
  /** The port; 0 lets the system choose. */
  port: number;
}

/** A server that listens. */
export interface RunningServer {
  /** The port it listens on. */
  readonly port: number;
  /**
   * Stops listening, lets requests in flight finish, and cuts off those that are still there after
   * `deadline` milliseconds.
   *
   * @returns how many connections were cut off; 0 is a clean stop.
   */
  stop(deadline: number): Promise<number>;
}

/** Above the 60 s at which load balancers and our own clients drop idle connections: they close, not we. */
const KEEP_ALIVE = 65_000;
/** Milliseconds that a request may take to arrive, its body included. */
const ARRIVAL = 30_000;
/** How often a stopping server looks for connections that have become idle. Milliseconds. */
const IDLE_SWEEP = 25;

/**
 * Serves a fetch handler over HTTP/1.1.
 *
 * @throws Error with a message for people when the address cannot be listened on.
 */
export async function listen({ fetch, host, port }: ListenOptions): Promise<RunningServer> {
  const answer = getRequestListener(fetch);
  let stopping = false;
  const timeouts = { keepAliveTimeout: KEEP_ALIVE, requestTimeout: ARRIVAL };
  const server = createServer(timeouts, (incoming, outgoing) => {
    // A client that never pauses would otherwise hold a stopping server's connection for ever.
    if (stopping) outgoing.shouldKeepAlive = false;
    void answer(incoming, outgoing);
  });
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    throw new Error(`cannot listen on ${host}:${port}: ${reason(error)}`, { cause: error });
  }
  return {
    port: (server.address() as AddressInfo).port,
    stop(deadline) {
      stopping = true;
      return stop(server, deadline);
    },
  };
}

async function stop(server: Server, deadline: number): Promise<number> {
  const closed = once(server, "close");
  server.close();
  // A connection that was busy when the server closed becomes idle later, and would stay open.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, IDLE_SWEEP);
  const timer = new AbortController();
  try {
    const late = sleep(deadline, "late" as const, { signal: timer.signal });
    if ((await Promise.race([closed, late])) !== "late") return 0;
    const { promise, resolve } = Promise.withResolvers<number>();
    server.getConnections((_error, count) => {
      resolve(count);
    });
    const cut = await promise;
    server.closeAllConnections();
    await closed;
    return cut;
  } finally {
    timer.abort();
    clearInterval(sweep);
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return "another program listens there";
  if (code === "EACCES") return "no permission";
  return error instanceof Error ? error.message : String(error);
}
