import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { LOOPBACK, localUrl } from "./ports.ts";
import { targetsUp } from "./targets.ts";

const never = new AbortController().signal;
const up = { health: "up", scrapePool: "order", lastError: "" };
const unknown = { health: "unknown", scrapePool: "user", lastError: "" };
const down = { health: "down", scrapePool: "payment", lastError: "connection refused" };

/** A Prometheus that tells of these targets, one list a request; the last list for ever. */
async function prometheus(...lists: (typeof up)[][]): Promise<string> {
  const server = createServer((_, answer) => {
    const activeTargets = lists.length > 1 ? lists.shift() : lists[0];
    answer.end(JSON.stringify({ data: { activeTargets } }));
  }).listen(0, LOOPBACK);
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return localUrl((server.address() as AddressInfo).port);
}

describe("waiting for scrape targets", () => {
  it("ends when there are some and all are up", async () => {
    const url = await prometheus([], [up, unknown], [up, { ...unknown, health: "up" }]);
    expect(await targetsUp(url, performance.now() - 4000, never, 5000)).toMatch(
      /^All 2 scrape targets are up, 4\.\d s after the first process began\.$/,
    );
  });

  it("names those that are still down when it has waited long enough", async () => {
    const url = await prometheus([up, down]);
    expect(await targetsUp(url, performance.now() - 60_000, never, 0)).toMatch(
      /^Not up after 60\.\d s: payment \(connection refused\)\.$/,
    );
  });
});
