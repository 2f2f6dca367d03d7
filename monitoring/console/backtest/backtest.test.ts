import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fakeServer, instantAnswer, rangeAnswer } from "../../backtest/testing/fake-prometheus.ts";
import { until } from "../../native/until.ts";
import { opened } from "../pages/testing.ts";
import { temporaryDirectory, testConsole } from "../testing.ts";
import { createBacktestRuns } from "./runs.ts";
import type { BacktestReading, BacktestRuns } from "./runs.ts";
import { report } from "./testing.ts";

const now = new Date("2026-11-21T12:00:00Z");

/** Runs that stand still, and how often they were asked to start. */
function standing(reading: Partial<BacktestReading>): BacktestRuns & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    read: () => ({ last: null, running: null, failure: null, ...reading }),
    start: () => void asked.push("start"),
    ensure: () => void asked.push("ensure"),
    stop: () => Promise.resolve(),
  };
}

describe("/backtest", () => {
  it("shows the four qualities, the picture, and how each incident was met", async () => {
    const backtests = standing({ last: { report, at: new Date(now.getTime() - 60_000) } });
    const { page, text, status } = await opened("/backtest", { backtests });
    expect(status).toBe(200);
    expect(text).toContain(
      "1 SLO, 60 486 000 events from 2026-11-01 00:00 to 2026-11-08 00:00 UTC, seen every 1 min.",
    );
    expect(text).toContain("threshold against burnrate: 1 more false page, which fired for 7 min.");
    expect(text).toContain("page after 5 min missed");
    expect(text).toContain("within its budget");
    expect(text).toContain("order-availability: page over, 2026-11-06 12:08 for 7 min");
    expect(text).toContain(
      "order-availability: ticket ticket-slow, 2026-11-05 10:22 for 2 d 13 h, still firing, incident bad-deploy",
    );
    const drawn = page.replaceAll(/\s+/g, " ");
    // Of seven days: 5 November 10:00 is 4 days and 10 hours after the start.
    expect(drawn).toContain('class="span warn " x="63.095%"');
    expect(drawn).toContain('class="span bad " x="78.651%"');
    expect(drawn).toContain('class="span accent hollow" x="63.313%"');
  });

  it("shows what an incident is called as text", async () => {
    const { page } = await opened("/backtest", { backtests: standing({ last: { report, at: now } }) });
    expect(page).not.toContain("<script>alert");
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  it("begins the first run when it is opened, and says how far it is", async () => {
    const backtests = standing({ running: 0.4 });
    const { text, page } = await opened("/backtest", { backtests });
    expect(backtests.asked).toEqual(["ensure"]);
    expect(text).toContain(
      "events of the last 30 days from Prometheus: 40 %. The result appears here by itself.",
    );
    expect(page).toMatch(/<button disabled aria-busy="true">/);
  });

  it("says why a run came to nothing", async () => {
    const { text } = await opened("/backtest", { backtests: standing({ failure: "no SLO has data" }) });
    expect(text).toContain("The last run came to nothing: no SLO has data.");
    expect(text).toContain("No backtest has been run.");
  });

  it("runs again when its button is pressed, and for no other site", async () => {
    const backtests = standing({});
    const { submit } = testConsole({ backtests });
    const answer = await submit("/backtest", {});
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/backtest"]);
    expect((await submit("/backtest", {}, { origin: "http://evil.example" })).status).toBe(403);
    expect(backtests.asked).toEqual(["start"]);
  });
});

describe("a run", () => {
  const MINUTE = 60_000;

  function runs(prometheusUrl: string, directory = temporaryDirectory()) {
    const problems: string[] = [];
    const [from, to] = [Date.now() - 30 * MINUTE, Date.now()].map((at) => new Date(at).toISOString());
    const incidentsFile = path.join(directory, "incidents.json");
    writeFileSync(incidentsFile, JSON.stringify({ seed: 1, from, to, time_scale: 1, incidents: [] }));
    const task = { prometheusUrl, sloPath: "monitoring/slo/user.yaml", incidentsFile, timeScale: 1 };
    const made = createBacktestRuns({
      task,
      directory,
      onChange: () => undefined,
      onProblem: (problem) => problems.push(problem),
      now: () => now,
    });
    onTestFinished(() => made.stop());
    return { ...made, problems, file: path.join(directory, "backtest.json"), directory };
  }

  it("works in a thread of its own, and is there again after a restart", async () => {
    const url = await fakeServer(({ path, form }) =>
      path === "/api/v1/query" ? [200, instantAnswer(60)] : [200, rangeAnswer(form, () => 10)],
    );
    const first = runs(url);
    first.ensure();
    first.start();
    expect(first.read().running).toBe(0);
    await until(() => first.read().running === null, MINUTE);
    expect(first.read().failure).toBeNull();
    expect(first.read().last?.report.slos.map(({ slo }) => slo)).toEqual([
      "user-availability",
      "user-latency",
    ]);
    await until(() => runs(url, first.directory).read().last !== null, MINUTE);
    expect(runs(url, first.directory).read().last?.at).toEqual(now);
    expect(JSON.parse(readFileSync(first.file, "utf8"))).toHaveProperty("report.stepSeconds", 60);
  }, 60_000);

  it("ends with the reason where Prometheus is not there, and is not tried again by itself", async () => {
    const made = runs("http://127.0.0.1:1");
    made.ensure();
    await until(() => made.read().running === null, MINUTE);
    expect(made.read().failure).toMatch(
      /^http:\/\/127\.0\.0\.1:1\/api\/v1\/query cannot be reached: bad port/,
    );
    made.ensure();
    expect(made.read().running).toBeNull();
  }, 60_000);

  it("starts without a result that cannot be read", () => {
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, "backtest.json"), "{");
    const made = runs("http://127.0.0.1:1", directory);
    expect(made.read().last).toBeNull();
    expect(made.problems[0]).toMatch(/backtest\.json is left unread: SyntaxError/);
  });
});
