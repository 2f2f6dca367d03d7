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
import { alertName, sloSeries } from "../compiler/names.ts";
import { loadSlos } from "../compiler/openslo/load.ts";
import { labOf, type Lab, type Notification } from "./lab.ts";
import { startStack, type Stack } from "./stack.ts";
import { freeOffset } from "./testing/offset.ts";
import { until } from "./until.ts";

/** The one-hour window of the fast page is a minute here. */
const TIME_SCALE = 60;
const SCALED_LONG_WINDOW = 3600 / TIME_SCALE;
/** For anything that takes the pipeline seconds; on a slow machine too. In milliseconds. */
const SOON = 60_000;

/**
 * From a click in the console to the page and back: a real browser, real Prometheus and Alertmanager. The tests are one
 * story, in this order.
 */
describe("an outage of the order service", () => {
  let directory: string;
  let stack: Stack;
  let lab: Lab;
  let browser: Browser;
  let overview: Page;
  let inbox: Page;
  let brokenAt: number;

  async function open(address: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(SOON);
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

  const pages = async (): Promise<Notification[]> =>
    (await lab.notifications()).filter(({ channel, state }) => channel === "pagerduty" && state === "firing");

  /** What a channel said last about the page for order, if it is that state and was said since. */
  const lastWord =
    (channel: string, state: string, since: number) => async (): Promise<Notification | undefined> => {
      const last = (await lab.notifications()).find(
        (each) =>
          each.channel === channel &&
          each.service === "order" &&
          each.alertname === alertName.burnRateCritical,
      );
      return last?.state === state && last.received_at >= since ? last : undefined;
    };

  it("finds a healthy system that pages nobody while two long windows pass", async () => {
    const seconds = `time() - min(min_over_time(timestamp(http_requests_total{service="order"})[10m:1s]))`;
    const passed = async (): Promise<boolean> => ((await lab.query(seconds)) ?? 0) >= 2 * SCALED_LONG_WINDOW;
    expect(await until(passed, 4 * SCALED_LONG_WINDOW * 1000, stack.failed, 1000)).toBe(true);
    expect(await pages()).toEqual([]);
    // Not even an evaluation in between at which a page would have fired.
    expect(await lab.query('count(count_over_time(ALERTS{severity="critical"}[10m]))')).toBeUndefined();
    expect(await lab.query('slo:availability:ratio_rate1h{service="order"}')).toBeGreaterThan(0.9856);
    expect(await lab.query("sum(slo:availability:total:increase1h)")).toBeGreaterThan(1000);
  });

  it("is caused by one click", async () => {
    overview = await open("/");
    inbox = await open("/inbox");
    brokenAt = Date.now();
    await overview.getByRole("button", { name: /^order: outage 503\b/ }).click();
    const undo = overview.getByRole("button", { name: "Undo order outage 503" });
    await undo.waitFor();
    expect(await undo.count()).toBe(1);
  });

  it("pages for order in PagerDuty's and in Slack's shape", async () => {
    const pagerduty = await until(lastWord("pagerduty", "firing", brokenAt), SOON, stack.failed);
    const slack = await until(lastWord("slack", "firing", brokenAt), SOON, stack.failed);
    expect(pagerduty).toMatchObject({ slo: "order-availability", raw: { event_action: "trigger" } });
    expect(pagerduty?.summary).toMatch(
      /^Order availability: the error budget burns \d+\.\d times faster than it may$/,
    );
    expect(slack).toMatchObject({ slo: "order-availability", raw: { attachments: [{ color: "danger" }] } });
  });

  it("is seen in the inbox and on the overview without a reload", async () => {
    const row = inbox.locator(".notifications li", { hasText: "PagerDuty" }).filter({ hasText: "order" });
    await row.first().getByText("firing").waitFor();
    await row.first().locator("a").click();
    await inbox.locator("#pane").getByText("Custom details").waitFor();
    await overview.locator("#now-pane").getByText("page received").waitFor();
    expect(await overview.evaluate("window.neverReloaded")).toBe(true);
    expect(await inbox.evaluate("window.neverReloaded")).toBe(true);
  });

  it("pages for nobody else", async () => {
    const services = (await pages()).map(({ service }) => service);
    expect([...new Set(services)]).toEqual(["order"]);
    expect(
      await lab.query('count(count_over_time(ALERTS{severity="critical",service!="order"}[10m]))'),
    ).toBeUndefined();
  });

  it("is resolved in both when the service is mended", async () => {
    const mendedAt = Date.now();
    await overview.getByRole("button", { name: "Undo order outage 503" }).click();
    await overview.locator("#now-pane").getByText("undone").waitFor();
    const patience = SOON + (1800 / TIME_SCALE) * 1000;
    const pagerduty = await until(lastWord("pagerduty", "resolved", mendedAt), patience, stack.failed);
    const slack = await until(lastWord("slack", "resolved", mendedAt), patience, stack.failed);
    expect(pagerduty).toMatchObject({ raw: { event_action: "resolve" } });
    expect(slack).toMatchObject({ raw: { attachments: [{ color: "good" }] } });
    expect(await until(async () => (await lab.firingPages()).length === 0, SOON, stack.failed)).toBe(true);
  });

  it("is told by a backtest as Prometheus' own alerts told it", async () => {
    const [url, step, to] = [stack.url("prometheus"), 1, Math.floor(Date.now() / 1000)];
    const { slos } = loadSlos(["monitoring/slo/order.yaml"]);
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
      'ALERTS{alertstate="firing",slo="order-availability",slo_tier="page-fast"}',
      `${sloSeries.burnRate("availability", 3600)}{slo="order-availability"}`,
      "10m",
    );
    const told = firings.filter(({ slo, alert }) => slo === "order-availability" && alert === "page-fast");
    expect(told.length).toBe(fired.length);
    expect(fired.length).toBeGreaterThan(0);
    for (const [index, { quiet, first, last, over }] of fired.entries()) {
      const [start, end] = [told[index]?.start, told[index]?.end].map((at) => Date.parse(at ?? "") / 1000);
      // Prometheus saw it happen between two evaluations; a scrape and our step are a second each.
      expect(start).toBeGreaterThanOrEqual((quiet ?? first) - 2);
      expect(start).toBeLessThanOrEqual(first + 2);
      expect(end).toBeGreaterThanOrEqual(last - 2);
      expect(end).toBeLessThanOrEqual((over ?? to) + 2);
    }
  });
});
