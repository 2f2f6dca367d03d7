import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { createAccounting } from "./accounting.ts";
import { loadgenMetrics } from "./metrics.ts";
import { scenarios } from "./scenarios.ts";
import { formatSummary } from "./summary.ts";
import type { Accounting } from "./accounting.ts";
import type { Start } from "./schedule.ts";

function books(): { account: Accounting; registry: Registry } {
  const registry = new Registry();
  const account = createAccounting(loadgenMetrics({ registry, scenarios, currentRps: () => 12.5 }));
  return { account, registry };
}

/** A start of the first scenario of a service. */
function startOf(service: string): Start {
  const scenario = scenarios.find((candidate) => candidate.service === service);
  if (scenario === undefined) throw new Error(`no scenario for ${service}`);
  return { at: 0, scenario, request: { path: scenario.path } };
}

/** The samples of one metric, without comments, buckets and zeros. */
async function samples(registry: Registry, name: string): Promise<string[]> {
  const text = await registry.getSingleMetricAsString(name);
  return text.split("\n").filter((line) => !/^#|_bucket\{| 0$/.test(line));
}

describe("the metrics of the load generator", () => {
  it("are all there, at 0, before the first request", async () => {
    const { registry } = books();
    const lines = (await registry.metrics()).split("\n").filter((line) => line.startsWith("loadgen"));
    const nonZero = lines.filter((line) => !line.endsWith(" 0"));
    expect(nonZero).toEqual([
      'loadgen_current_rps{service="order"} 12.5',
      'loadgen_current_rps{service="payment"} 12.5',
      'loadgen_current_rps{service="user"} 12.5',
    ]);
    const countOf = (name: string) => lines.filter((line) => line.startsWith(`${name}{`)).length;
    expect({
      sent: countOf("loadgen_requests_sent_total"),
      responses: countOf("loadgen_responses_received_total"),
      durations: countOf("loadgen_request_duration_seconds_bucket"),
      errors: countOf("loadgen_request_errors_total"),
      dropped: countOf("loadgen_dropped_starts_total"),
      inFlight: countOf("loadgen_requests_in_flight"),
    }).toEqual({ sent: 8, responses: 63, durations: 36, errors: 21, dropped: 3, inFlight: 3 });
  });

  it("get no new series, whatever status a server thinks of", async () => {
    const { account, registry } = books();
    const series = async () => (await registry.metrics()).split("\n").length;
    const before = await series();
    for (let status = 100; status < 1000; status += 1) {
      account.sent(startOf("user"), 0);
      account.ended(startOf("user"), { kind: "answer", status }, 0.01);
    }
    expect(await series()).toBe(before);
    expect(await samples(registry, "loadgen_responses_received_total")).toContain(
      'loadgen_responses_received_total{service="user",status_code="other"} 880',
    );
  });

  it("follow one request from its start to its answer", async () => {
    const { account, registry } = books();
    account.sent(startOf("order"), 0.003);
    expect(await samples(registry, "loadgen_requests_in_flight")).toEqual([
      'loadgen_requests_in_flight{service="order"} 1',
    ]);
    account.ended(startOf("order"), { kind: "answer", status: 503 }, 0.25);
    expect(await samples(registry, "loadgen_requests_in_flight")).toEqual([]);
    expect(await samples(registry, "loadgen_requests_sent_total")).toEqual([
      'loadgen_requests_sent_total{service="order",method="GET",path="/api/orders"} 1',
    ]);
    expect(await samples(registry, "loadgen_responses_received_total")).toEqual([
      'loadgen_responses_received_total{service="order",status_code="503"} 1',
    ]);
    expect(await samples(registry, "loadgen_request_duration_seconds")).toEqual([
      'loadgen_request_duration_seconds_sum{service="order"} 0.25',
      'loadgen_request_duration_seconds_count{service="order"} 1',
    ]);
    expect(await samples(registry, "loadgen_start_lateness_seconds")).toEqual([
      "loadgen_start_lateness_seconds_sum 0.003",
      "loadgen_start_lateness_seconds_count 1",
    ]);
  });

  it("count a dropped start as dropped and not as sent", async () => {
    const { account, registry } = books();
    account.dropped(startOf("payment"));
    expect(await samples(registry, "loadgen_dropped_starts_total")).toEqual([
      'loadgen_dropped_starts_total{service="payment"} 1',
    ]);
    expect(await samples(registry, "loadgen_requests_sent_total")).toEqual([]);
  });

  it("give a timeout its latency and a refused connection none", async () => {
    const { account, registry } = books();
    account.ended(startOf("user"), { kind: "error", type: "timeout" }, 10);
    account.ended(startOf("user"), { kind: "error", type: "connection_refused" }, 0.001);
    expect(await samples(registry, "loadgen_request_duration_seconds")).toEqual([
      'loadgen_request_duration_seconds_sum{service="user"} 10',
      'loadgen_request_duration_seconds_count{service="user"} 1',
    ]);
    expect(await samples(registry, "loadgen_request_errors_total")).toEqual([
      'loadgen_request_errors_total{service="user",error_type="connection_refused"} 1',
      'loadgen_request_errors_total{service="user",error_type="timeout"} 1',
    ]);
  });
});

describe("the summary", () => {
  it("shows target and achieved rate, and each service's latencies, statuses and errors", () => {
    const { account } = books();
    for (let i = 0; i < 100; i += 1) {
      account.sent(startOf("order"), 0);
      account.ended(startOf("order"), { kind: "answer", status: i < 98 ? 200 : 500 }, i < 98 ? 0.05 : 2);
    }
    account.sent(startOf("user"), 0);
    account.ended(startOf("user"), { kind: "error", type: "connection_refused" }, 0.001);
    account.dropped(startOf("user"));
    expect(formatSummary(account, { seconds: 10, expected: 102, seed: 7 })).toMatchInlineSnapshot(`
      "ran 10.0 s, seed 7
      target 10.20 requests/s, achieved 10.10 (-0.98 %), dropped 1
      latency from the scheduled start:
      service  sent  dropped      p50      p95      p99  2xx  3xx  4xx  5xx  errors
      order     100        0  50.2 ms  50.2 ms  1996 ms   98    0    0    2       0
      payment     0        0        –        –        –    0    0    0    0       0
      user        1        1        –        –        –    0    0    0    0       1
      user errors: 1 connection_refused"
    `);
  });

  it("can be made of nothing", () => {
    const { account } = books();
    expect(formatSummary(account, { seconds: 0, expected: 0, seed: 7 }).split("\n")[1]).toBe(
      "target 0.00 requests/s, achieved 0.00 (+0.00 %), dropped 0",
    );
  });
});
