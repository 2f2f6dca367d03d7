import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../../services/kit/config.ts";
import { createLogger } from "../../services/kit/logging.ts";
import { launchBrowser } from "../browser/launch.ts";
import { watchPage } from "../browser/watch-page.ts";
import { consoleSchema } from "./config.ts";
import { adminListeners } from "./faults/testing.ts";
import { startConsole } from "./start.ts";
import { temporaryDirectory } from "./testing.ts";

/** Milliseconds; for anything that takes a browser a moment, on a slow machine too. */
const SOON = 60_000;
/** More than a page has links and buttons: Tab comes round to the first again. */
const MOST_STOPS = 400;
const SCRIPT = `<script>alert(1)</script><img src=x onerror=alert(2)>"'><svg onload=alert(3)>`;

/** A real console and real admin listeners, in a real browser; page.e2e.test.ts has Prometheus and Alertmanager. */
describe("the console in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  async function lab() {
    const { payment } = await adminListeners();
    const environment = { PORT: "0", SMTP_PORT: "0", PROMETHEUS_URL: "http://127.0.0.1:9" };
    const config = readConfig(consoleSchema, {
      ...environment,
      DATA_DIR: temporaryDirectory(),
      PAYMENT_ADMIN_URL: payment.url,
    });
    const running = await startConsole(config, createLogger({ service: "console", level: "silent" }));
    onTestFinished(async () => void (await running.stop()));
    return { payment, base: `http://127.0.0.1:${running.port}` };
  }

  async function open(address: string, javaScriptEnabled = true) {
    const context = await browser.newContext({ javaScriptEnabled });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(SOON);
    const problems = watchPage(page);
    await page.goto(address);
    return { page, problems };
  }

  /** Walks on from where the focus is, as a person without a mouse does. */
  async function tabTo(page: Page, target: Locator): Promise<void> {
    await target.waitFor();
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`${MOST_STOPS} times Tab, and never at ${target.toString()}`);
  }

  async function breakAndUndo(
    page: Page,
    faults: () => number,
    press: (button: Locator) => Promise<void> = (button) => button.click(),
  ): Promise<void> {
    await press(page.getByRole("button", { name: /^payment: outage 503\b/ }));
    const now = page.locator("#now-pane");
    await now.getByText("payment outage 503").waitFor();
    expect(faults()).toBe(1);
    await press(page.getByRole("button", { name: "Undo payment outage 503" }));
    await now.getByText("undone").waitFor();
    expect(faults()).toBe(0);
  }

  it("breaks and undoes with a click, in place", async () => {
    const { base, payment } = await lab();
    const { page, problems } = await open(base);
    await page.evaluate("window.neverReloaded = true");
    await breakAndUndo(page, () => payment.board.live().length);
    expect(await page.evaluate("window.neverReloaded")).toBe(true);
    expect(problems).toEqual([]);
  });

  it("breaks and undoes with the keyboard alone", async () => {
    const { base, payment } = await lab();
    const { page, problems } = await open(base);
    await breakAndUndo(
      page,
      () => payment.board.live().length,
      async (button) => {
        await tabTo(page, button);
        await page.keyboard.press("Enter");
      },
    );
    expect(problems).toEqual([]);
  });

  it("breaks and undoes without script", async () => {
    const { base, payment } = await lab();
    const { page } = await open(base, false);
    await breakAndUndo(page, () => payment.board.live().length);
    expect(page.url()).toBe(`${base}/#break`);
  });

  it("shows a script in every field as text, and runs none", async () => {
    const { base } = await lab();
    const post = async (address: string, body: unknown): Promise<number> => {
      const headers = { "content-type": "application/json" };
      return (await fetch(base + address, { method: "POST", headers, body: JSON.stringify(body) })).status;
    };
    const details = {
      alertname: SCRIPT,
      service: SCRIPT,
      slo: SCRIPT,
      slo_tier: SCRIPT,
      runbook_url: SCRIPT,
    };
    const own = { source: SCRIPT, component: SCRIPT, group: SCRIPT, class: SCRIPT, custom_details: details };
    const payload = { summary: SCRIPT, severity: "critical", ...own };
    const event = { routing_key: "local-key", event_action: "trigger", dedup_key: SCRIPT, client: SCRIPT };
    expect(await post("/v2/enqueue", { ...event, client_url: "javascript:alert(4)", payload })).toBe(202);
    const fields = Object.entries(details).map(([title, value]) => ({ title, value, short: true }));
    const attachment = {
      title: SCRIPT,
      title_link: "javascript:alert(5)",
      text: SCRIPT,
      color: SCRIPT,
      fields,
    };
    const blocks = [{ type: "section", text: { type: "mrkdwn", text: SCRIPT } }];
    const message = { text: SCRIPT, username: SCRIPT, attachments: [attachment], blocks };
    expect(await post("/services/T0/B0/local", message)).toBe(200);
    expect(await post("/v2/enqueue", { routing_key: SCRIPT, event_action: SCRIPT })).toBe(400);

    const { page, problems } = await open(`${base}/incidents`);
    await page.locator("#incident-list a", { hasText: "alert(1)" }).click();
    for (const address of [page.url(), ...[1, 2, 3].map((id) => `${base}/inbox?show=${id}`)]) {
      await page.goto(address);
      await page.locator("main").getByText("alert(1)").first().waitFor();
      expect(await page.locator("script:not([src]), [onerror], [onload]").count()).toBe(0);
    }
    expect(problems).toEqual([]);
  });
});
