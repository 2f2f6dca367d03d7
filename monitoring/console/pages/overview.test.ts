import { describe, expect, it } from "vitest";
import type { Prometheus } from "../overview/prometheus.ts";
import { captured } from "../testing.ts";
import { opened } from "./testing.ts";

const series: Readonly<Record<string, number>> = {
  "slo:objective:ratio": 0.999,
  "slo:availability:ratio_rate30d": 0.99847,
  "slo:error_budget:availability_remaining": -0.53,
  "slo:error_budget:availability_burn_rate1h": 1.5,
  "slo:error_budget:availability_burn_rate5m": 2,
};
const answering: Prometheus = {
  query: (expression) => {
    if (expression === "up")
      return Promise.resolve([{ labels: { job: "loadgen", instance: "l:1" }, value: 1 }]);
    if (expression.includes("failed"))
      return Promise.resolve([{ labels: { integration: "slack" }, value: 3 }]);
    return Promise.resolve(
      Object.entries(series).map(([name, value]) => ({
        labels: { __name__: name, service: "payment", slo: "payment-availability" },
        value,
      })),
    );
  },
  range: () => Promise.resolve([]),
  alerts: () => Promise.resolve([]),
};

describe("the overview", () => {
  it("shows each SLO with objective, SLI, budget, burn rate and state, in words too", async () => {
    const { text } = await opened("/", { prometheus: answering });
    expect(text).toContain("payment availability 99.9 % 99.847 %");
    expect(text).toContain("−53 %");
    expect(text).toContain("1.5×");
    expect(text).toContain("already");
    expect(text).toContain("all 1 targets up");
    expect(text).toContain("No alert is pending or firing.");
    expect(text).toContain("14.4×, 1h and 5m windows: burning 1.5× and 2.0×, 10 % of the threshold, quiet");
  });

  it("opens a row without script", async () => {
    const { text } = await opened("/?slo=payment%2Fpayment-availability", { prometheus: answering });
    expect(text).toContain(
      "A page when both the last 1h (now 1.5×) and the last 5m (now 2.0×) burn faster than 14.4× .",
    );
  });

  it("does not look calm while Prometheus cannot be reached", async () => {
    const { text } = await opened("/");
    expect(text).toContain("Prometheus unreachable since 2026-11-21 12:00:00 UTC");
    expect(text).toContain("http://prometheus:9090 refuses connections.");
    expect(text).toContain("Whether any alert fires is not known until Prometheus answers.");
    expect(text).toContain("targets unknown");
    expect(text).not.toContain("No alert is pending");
  });

  it("says what will appear when nothing is recorded yet", async () => {
    const none = () => Promise.resolve([]);
    const empty: Prometheus = { query: none, range: none, alerts: none };
    const { text } = await opened("/", { prometheus: empty });
    expect(text).toContain("Prometheus has recorded no objective yet.");
    expect(text).toContain("no targets yet");
  });

  it("says in large letters that time is scaled, and below what does not run", async () => {
    const { text } = await opened("/", { timeScale: 60 });
    expect(text).toContain("Time runs ×60 a 1 h window is 1 min, 30 d are 12 h");
    expect(text).toContain("Not running here: Loki.");
    expect((await opened("/")).text).not.toContain("Time runs");
  });
});

describe("the dead man's switch", () => {
  it("tells when the Watchdog was last heard", async () => {
    const { text } = await opened("/inbox", {}, ({ post }) => post("/watchdog", captured("watchdog.json")));
    expect(text).toContain("Watchdog heard 0 s ago");
  });

  it("is red and says so in words when the Watchdog is silent", async () => {
    let now = new Date("2026-11-21T12:00:00Z");
    const { page, text } = await opened("/inbox", { now: () => now }, async ({ post }) => {
      await post("/watchdog", captured("watchdog.json"));
      now = new Date("2026-11-21T12:04:00Z");
    });
    expect(text).toContain("Watchdog silent : last heard 4 min ago , expected every 3 min at the latest.");
    expect(page).toContain('class="line bad"');
  });

  it("tells of deliveries that Alertmanager could not make", async () => {
    const { text } = await opened("/inbox", { prometheus: answering });
    expect(text).toContain(
      "Alertmanager failed to deliver to slack , 3 times in the last 5 min. What was not delivered",
    );
  });
});
