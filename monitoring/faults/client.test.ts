import { afterEach, describe, expect, it } from "vitest";
import { createAdminApp } from "../../services/kit/admin.ts";
import { readConfig } from "../../services/kit/config.ts";
import { listen } from "../../services/kit/server.ts";
import { testDeps } from "../../services/kit/testing.ts";
import { z } from "zod";
import { SwitchError } from "./admin-request.ts";
import { createFaultClient } from "./client.ts";
import { faultVariables } from "./config.ts";
import { createSwitches } from "./switches.ts";

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function serve(fetch: (request: Request) => Response | Promise<Response>): Promise<string> {
  const server = await listen({ fetch, host: "127.0.0.1", port: 0 });
  stops.push(() => server.stop(1000));
  return `http://127.0.0.1:${server.port}`;
}

async function order(token?: string) {
  const { board, logger } = testDeps({ targets: ["user", "payment"] });
  const url = await serve(createAdminApp({ board, logger, token }).fetch);
  return { url, board };
}

async function problem(call: Promise<unknown>): Promise<readonly [string, string]> {
  const error = await call.catch((error: unknown) => error);
  if (!(error instanceof SwitchError)) throw new Error("nothing went wrong");
  return [error.problem, error.message.replaceAll(/127\.0\.0\.1:\d+/g, "HOST")];
}

describe("the client of a service's fault switches", () => {
  it("shows what the service offers and what is on", async () => {
    const { url } = await order();
    const client = createFaultClient({ name: "order", url });
    const before = Date.now();
    const on = await client.switchOn({ fault: "dependency", variant: "dead", target: "user", for: "90s" });
    expect(on.expiresAt - on.startedAt).toBe(90_000);
    expect(on.startedAt).toBeGreaterThanOrEqual(before);
    const { catalogue, active } = await client.overview();
    expect(catalogue.map(({ name }) => name)).toEqual(["errors", "latency", "outage", "dependency"]);
    expect(catalogue.at(-1)).toMatchObject({ targets: ["user", "payment"] });
    expect(active).toEqual([on]);
  });

  it("ends one fault, or all, and takes no offence when it has ended already", async () => {
    const { url, board } = await order();
    const client = createFaultClient({ name: "order", url });
    const first = await client.switchOn({ fault: "errors", variant: "5%" });
    await client.switchOn({ fault: "outage", variant: "503" });
    await client.switchOff(first.id);
    await client.switchOff(first.id);
    expect(board.live().map(({ fault }) => fault)).toEqual(["outage"]);
    await client.clear();
    expect(board.live()).toEqual([]);
  });

  it("says what the service refuses, in its words", async () => {
    const { url } = await order();
    const call = createFaultClient({ name: "order", url }).switchOn({ fault: "errors", variant: "7%" });
    expect(await problem(call)).toEqual([
      "refused",
      'the fault switches of order at http://HOST: variant: got "7%", want one of 1%, 5%, 20%, 50%, 100%',
    ]);
  });

  it("shows a token, and says when it lacks one or has the wrong one", async () => {
    const { url } = await order("sesame");
    const with_ = (token?: string) => createFaultClient({ name: "order", url, token });
    expect((await with_("sesame").overview()).active).toEqual([]);
    expect(await problem(with_().overview())).toEqual([
      "unauthorized",
      "the fault switches of order at http://HOST: the admin token is missing or wrong; set ADMIN_TOKEN to its secret",
    ]);
    expect(await problem(with_("open").clear())).toEqual([
      "unauthorized",
      "the fault switches of order at http://HOST: the admin token is missing or wrong; ADMIN_TOKEN is not the secret that it has",
    ]);
  });

  it("says when nobody is there, when nobody answers, and when somebody else does", async () => {
    const { url } = await order();
    await stops.pop()?.();
    expect(await problem(createFaultClient({ name: "order", url }).overview())).toEqual([
      "unreachable",
      "the fault switches of order at http://HOST: it cannot be reached; is the stack running (npm run demo)?",
    ]);
    const silent = await serve(
      ({ signal }) =>
        new Promise<Response>((resolve) => {
          signal.addEventListener("abort", () => resolve(new Response()));
        }),
    );
    expect(
      await problem(createFaultClient({ name: "order", url: silent, timeoutMs: 50 }).overview()),
    ).toEqual([
      "unreachable",
      "the fault switches of order at http://HOST: it did not answer within 50 ms; is the stack running (npm run demo)?",
    ]);
    const stranger = await serve(() => new Response("<p>hello"));
    expect(await problem(createFaultClient({ name: "order", url: stranger }).overview())).toEqual([
      "unexpected",
      "the fault switches of order at http://HOST: got an answer (200) that is not theirs; does something else listen there?",
    ]);
  });
});

describe("the switches that a configuration gives", () => {
  const schema = z.object(faultVariables);

  it("are none when nothing is configured, as in production", () => {
    const { faults, load } = createSwitches(readConfig(schema, {}));
    expect([...faults.keys()]).toEqual([]);
    expect(load).toBeUndefined();
  });

  it("are those that have an address", () => {
    const env = { PAYMENT_ADMIN_URL: "http://payment:9082", LOADGEN_ADMIN_URL: "http://loadgen:9089" };
    const { faults, load } = createSwitches(readConfig(schema, env));
    expect([...faults.keys()]).toEqual(["payment"]);
    expect(load).toBeDefined();
  });

  it("are refused when an address is none", () => {
    expect(() => readConfig(schema, { ORDER_ADMIN_URL: "order:9081/faults" })).toThrow(
      'ORDER_ADMIN_URL: got "order:9081/faults", want an http address without a path, such as http://127.0.0.1:8082',
    );
  });
});
