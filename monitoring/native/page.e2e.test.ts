import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInPolicies } from "../backtest/policies/built-in.ts";
import { createReader } from "../backtest/read/prometheus.ts";
import { runBacktest } from "../backtest/run-backtest.ts";
import { firedIn } from "../backtest/testing/fired-in.ts";
import { launchBrowser } from "../browser/launch.ts";
import { watchPage } from "../browser/watch-page.ts";
import { alertName, sloSeries } from "../compiler/names.ts";
import { loadSlos } from "../compiler/openslo/load.ts";
import { createPrometheus } from "../console/overview/prometheus.ts";
import { labOf, type Lab, type Notification } from "./lab.ts";
import { startStack, type Stack } from "./stack.ts";
import { freeOffset } from "./testing/offset.ts";
import { until } from "./until.ts";

/** The one-hour window of the fast page is a minute here. */
const TIME_SCALE = 60;
const SCALED_LONG_WINDOW = 3600 / TIME_SCALE;
/** For anything that takes the pipeline seconds; on a slow machine too. In milliseconds. */
const SOON = 60_000;

/** Who is paged when payment is broken: payment, and order, which calls it. */
const CONCERNED = ["order", "payment"];

/**
 * From a click in the console to the page and back: a real browser, real Prometheus and Alertmanager. The tests are one
 * story, in this order. What it waits for cannot be shorter: a long window of health, and, after the undo, the slow
 * page's short window, half a minute here.
 */
describe("an outage of the payment service", () => {
  let directory: string;
  let stack: Stack;
  let lab: Lab;
  let browser: Browser;
  let overview: Page;
  let inbox: Page;
  let brokenAt: number;
  const problems: (readonly string[])[] = [];

  async function open(address: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(SOON);
    problems.push(watchPage(page));
    await page.goto(stack.url("console") + address);
    // What a reload would lose.
    await page.evaluate("window.neverReloaded = true");
    return page;
  }

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), "burnrate-e2e-"));
    stack = await startStack({
      stateDirectory: directory,
      portOffset: await freeOffset(),
      timeScale: TIME_SCALE,
      seed: 1,
      // Without bursts and night, so that a minute holds as many requests as any other.
      environment: { loadgen: { DIURNAL: "off", BURSTS: "off" } },
    });
    lab = labOf(stack);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await stack.stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** The pages that were sent, but for those about latency: how long answers take on a busy machine is noise. */
  const pages = async (): Promise<Notification[]> =>
    (await lab.notifications()).filter(
      ({ channel, state, slo }) =>
        channel === "pagerduty" && state === "firing" && slo?.endsWith("-latency") !== true,
    );

  /** What would have paged, at any evaluation until now; the same but for latency. */
  const critical = async (matchers: string): Promise<Readonly<Record<string, string>>[]> => {
    const expression = `max_over_time(ALERTS{severity="critical",sli!="latency",${matchers}}[10m])`;
    const found = await createPrometheus(stack.url("prometheus")).query(expression);
    return found.map(({ labels }) => labels);
  };

  /** What a channel said last about the page for payment, if it is that state and was said since. */
  const lastWord =
    (channel: string, state: string, since: number) => async (): Promise<Notification | undefined> => {
      const last = (await lab.notifications()).find(
        (each) =>
          each.channel === channel &&
          each.service === "payment" &&
          each.alertname === alertName.burnRateCritical,
      );
      return last?.state === state && last.received_at >= since ? last : undefined;
    };

  it("finds a healthy system that pages nobody while a long window passes", async () => {
    const seconds = `time() - min(min_over_time(timestamp(http_requests_total{service="payment"})[10m:1s]))`;
    const passed = async (): Promise<boolean> => ((await lab.query(seconds)) ?? 0) >= SCALED_LONG_WINDOW;
    expect(await until(passed, 4 * SCALED_LONG_WINDOW * 1000, stack.failed, 1000)).toBe(true);
    expect(await pages()).toEqual([]);
    // Not even an evaluation in between at which a page would have fired.
    expect(await critical("")).toEqual([]);
    expect(await lab.query('slo:availability:ratio_rate1h{service="order"}')).toBeGreaterThan(0.9856);
    expect(await lab.query("sum(slo:availability:total:increase1h)")).toBeGreaterThan(1000);
  });

  it("is caused by one click, and the console says when the page is due", async () => {
    overview = await open("/");
    inbox = await open("/inbox");
    brokenAt = Date.now();
    await overview.getByRole("button", { name: /^payment: outage 503\b/ }).click();
    const undo = overview.getByRole("button", { name: "Undo payment outage 503" });
    await undo.waitFor();
    expect(await undo.count()).toBe(1);
    const due = overview.locator("#now-pane .due", { hasText: "page predicted" }).first();
    await due.waitFor();
    const at = Date.parse((await due.locator("time").first().getAttribute("datetime")) ?? "");
    expect(at).toBeGreaterThanOrEqual(brokenAt);
    expect(at).toBeLessThan(brokenAt + SCALED_LONG_WINDOW * 1000);
  });

  it("pages for payment in PagerDuty's and in Slack's shape", async () => {
    const pagerduty = await until(lastWord("pagerduty", "firing", brokenAt), SOON, stack.failed);
    const slack = await until(lastWord("slack", "firing", brokenAt), SOON, stack.failed);
    expect(pagerduty).toMatchObject({ slo: "payment-availability", raw: { event_action: "trigger" } });
    expect(pagerduty?.summary).toMatch(
      /^Payment availability: the error budget burns \d+\.\d times faster than it may$/,
    );
    expect(slack).toMatchObject({ slo: "payment-availability", raw: { attachments: [{ color: "danger" }] } });
  });

  it("is seen in the inbox and on the overview without a reload", async () => {
    const row = inbox.locator(".notifications li", { hasText: "PagerDuty" }).filter({ hasText: "payment" });
    await row.first().getByText("firing").waitFor();
    await row.first().locator("a").click();
    await inbox.locator("#pane").getByText("Custom details").waitFor();
    await overview.locator("#now-pane").getByText("page received").waitFor();
    expect(await overview.evaluate("window.neverReloaded")).toBe(true);
    expect(await inbox.evaluate("window.neverReloaded")).toBe(true);
  });

  it("pages for nobody whom it does not concern", async () => {
    const services = (await pages()).map(({ service }) => service);
    expect(CONCERNED).toEqual(expect.arrayContaining([...new Set(services)]));
    expect(await critical(`service!~"${CONCERNED.join("|")}"`)).toEqual([]);
  });

  it("is resolved in both, and on the overview, when it is undone", async () => {
    const mendedAt = Date.now();
    await overview.getByRole("button", { name: "Undo payment outage 503" }).click();
    await overview.locator("#now-pane").getByText("undone").waitFor();
    const patience = SOON + (1800 / TIME_SCALE) * 1000;
    const pagerduty = await until(lastWord("pagerduty", "resolved", mendedAt), patience, stack.failed);
    const slack = await until(lastWord("slack", "resolved", mendedAt), patience, stack.failed);
    expect(pagerduty).toMatchObject({ raw: { event_action: "resolve" } });
    expect(slack).toMatchObject({ raw: { attachments: [{ color: "good" }] } });
    await overview.locator("#now-pane").getByText("resolved", { exact: true }).first().waitFor();
  });

  it("has one time axis, with what was predicted beside what was measured", async () => {
    expect(await overview.evaluate("window.neverReloaded")).toBe(true);
    await overview.getByRole("link", { name: "Timeline of this incident" }).first().click();
    await overview.getByRole("row", { name: /^PagerDuty received \+\d+\.\d s \+\d+\.\d s / }).waitFor();
    await overview.getByRole("row", { name: /^PagerDuty resolved – \+\d+\.\d s / }).waitFor();
    expect(problems.flat()).toEqual([]);
  });

  it("is told by a backtest as Prometheus' own alerts told it", async () => {
    const [url, step, to] = [stack.url("prometheus"), 1, Math.floor(Date.now() / 1000)];
    const { slos } = loadSlos(["monitoring/slo/payment.yaml"]);
    const policies = builtInPolicies.filter(({ name }) => name === "burnrate");
    const { firings } = await runBacktest({
      reader: createReader(url),
      slos,
      policies,
      from: to - 600,
      to,
      step,
      timeScale: TIME_SCALE,
    });
    const fired = await firedIn(
      url,
      'ALERTS{alertstate="firing",slo="payment-availability",slo_tier="page-fast"}',
      `${sloSeries.burnRate("availability", 3600)}{slo="payment-availability"}`,
      "10m",
    );
    const told = firings
      .filter(({ slo, alert }) => slo === "payment-availability" && alert === "page-fast")
      .map(({ start, end }) => [Date.parse(start) / 1000, Date.parse(end ?? "") / 1000] as const);
    // The outage's own. While its long window is still full, one failure is enough for a flash of a few evaluations
    // more, which one of the two may miss.
    const outage = fired[0];
    if (outage === undefined) throw new Error("Prometheus has no alert of the outage");
    const { quiet, first, last, over } = outage;
    const [start, end] = told[0] ?? [0, 0];
    // Prometheus saw it happen between two evaluations; a scrape and our step are a second each.
    expect(start).toBeGreaterThanOrEqual((quiet ?? first) - 2);
    expect(start).toBeLessThanOrEqual(first + 2);
    expect(end).toBeGreaterThanOrEqual(last - 2);
    expect(end).toBeLessThanOrEqual((over ?? to) + 2);
    expect(start).toBeGreaterThanOrEqual(brokenAt / 1000 - 2);
  });
});
