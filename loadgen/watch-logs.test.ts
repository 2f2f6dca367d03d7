import { pino } from "pino";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { createAccounting } from "./accounting.ts";
import { burstLog } from "./burst-log.ts";
import { loadgenMetrics } from "./metrics.ts";
import { reachabilityLog } from "./reachability-log.ts";
import { scenarios } from "./scenarios.ts";
import type { Outcome } from "./send.ts";

/** A logger that keeps what it is told. */
function notes() {
  const lines: unknown[] = [];
  const options = {
    base: null,
    timestamp: false,
    formatters: { level: (level: string) => ({ level }) },
  };
  const logger = pino(options, { write: (line) => lines.push(JSON.parse(line)) });
  return { lines, logger };
}

describe("the log of bursts", () => {
  it("warns when a burst begins and when it ends, once each", () => {
    const { lines, logger } = notes();
    const bursts = { cycleSeconds: 60, probability: 1, seconds: 30, factor: 5 };
    const look = burstLog({ logger, bursts, seed: 1 });
    for (let second = 0; second < 60; second += 1) look(second * 1000);
    expect(lines).toEqual([
      { level: "warn", event: "burst_start", factor: 5, seconds: 30, msg: "burst: 5 times the traffic" },
      { level: "warn", event: "burst_end", factor: 5, seconds: 30, msg: "burst is over" },
    ]);
  });

  it("is empty when bursts are off", () => {
    const { lines, logger } = notes();
    const look = burstLog({ logger, bursts: null, seed: 1 });
    for (let second = 0; second < 3600; second += 1) look(second * 1000);
    expect(lines).toEqual([]);
  });
});

describe("the log of services that are gone", () => {
  const payment = { target: "payment", url: "http://payment" };
  const refused: Outcome = { kind: "error", type: "connection_refused" };
  const failure: Outcome = { kind: "answer", status: 500 };

  function watch() {
    const { lines, logger } = notes();
    const account = createAccounting(
      loadgenMetrics({ registry: new Registry(), scenarios, currentRps: () => 1 }),
    );
    const urls = { order: "http://order", payment: "http://payment", user: "http://user" };
    const look = reachabilityLog({ logger, tallies: account.tallies, urls });
    const scenario = scenarios.find(({ service }) => service === "payment");
    if (scenario === undefined) throw new Error("no scenario for payment");
    const end = (outcome: Outcome) =>
      account.ended({ at: 0, scenario, request: { path: "/" } }, outcome, 0.01);
    return { lines, look, end };
  }

  it("has one line when a service stops answering and one when it answers again", () => {
    const { lines, look, end } = watch();
    for (const outcome of [failure, refused, refused, refused, failure, failure]) {
      end(outcome);
      look();
    }
    expect(lines).toEqual([
      { level: "warn", ...payment, msg: "payment does not answer; the load goes on" },
      { level: "info", ...payment, msg: "payment answers again" },
    ]);
  });

  it("stays silent while nothing is sent, and for a service that answers errors", () => {
    const { lines, look, end } = watch();
    look();
    end(failure);
    look();
    look();
    expect(lines).toEqual([]);
  });

  it("does not call a service back from the dead because nothing was sent to it", () => {
    const { lines, look, end } = watch();
    end(refused);
    look();
    look();
    expect(lines).toHaveLength(1);
  });
});
