import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { nav } from "../console/pages/nav.ts";
import { dashboardFiles } from "../dashboards/dashboards.ts";
import { readLab } from "../dashboards/lab.ts";
import { until } from "../native/until.ts";
import { launchBrowser } from "./launch.ts";
import { views } from "./views.ts";
import { watchPage } from "./watch-page.ts";

/** Pictures of every page, for a person to look at. */
const pictures = path.resolve(".burnrate/screenshots");
/** Rates of rules that run once a minute need two of their samples; on a slow machine a little more. In milliseconds. */
const WARM_UP_MS = 180_000;

const dashboards = dashboardFiles(readLab()).map((file) => path.basename(file.path, ".json"));
const pages = [
  ...nav.map(({ key, href }) => ({ name: key, address: href })),
  { name: "runbook", address: "/runbooks/ErrorBudgetBurnRateCritical" },
];

describe.each(views)("the console in a real browser, on a $name", ({ name: viewName, width, height }) => {
  let browser: Browser;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width, height } });
    problems = watchPage(page);
    mkdirSync(pictures, { recursive: true });
  });

  afterAll(() => browser.close());

  /** Opens a page and takes its picture. @returns what went wrong, in words. */
  async function look(address: string, picture: string): Promise<string[]> {
    problems.length = 0;
    await page.goto(inject("lab").consoleUrl + address, { waitUntil: "load" });
    await page.screenshot({ path: path.join(pictures, `${picture}-${viewName}.png`), fullPage: true });
    const across = await page.evaluate<number>("document.documentElement.scrollWidth");
    return [...problems, ...(across > width ? [`it is ${across} pixels wide`] : [])];
  }

  it.each(pages)(
    "shows $address without an error, and without scrolling sideways",
    async ({ address, name }) => {
      expect(await look(address, name)).toEqual([]);
    },
  );

  it.each(dashboards)("draws the dashboard %s, and no panel of it is without data", async (uid) => {
    const address = `/dashboards/${uid}`;
    let empty: readonly string[] = [];
    await until(
      async () => {
        expect(await look(address, `dashboard-${uid}`)).toEqual([]);
        empty = await page.locator(".panel", { hasText: "No data in this range." }).allInnerTexts();
        return empty.length === 0;
      },
      WARM_UP_MS,
      undefined,
      5000,
    );
    expect(empty).toEqual([]);
    expect(await page.locator(".panel").count()).toBeGreaterThan(0);
  });
});
