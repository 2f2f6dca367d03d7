import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { launchBrowser } from "./launch.ts";
import { views } from "./views.ts";
import { watchPage } from "./watch-page.ts";

/** Pictures of every page, for a person to look at. */
const pictures = path.resolve(".burnrate/screenshots");

/** The console's pages beside the dashboards, and the picture's name of each. */
const pages = [
  ["/", "overview"],
  ["/inbox", "inbox"],
] as const;

describe("the console in a real browser", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchBrowser();
    mkdirSync(pictures, { recursive: true });
  });

  afterAll(() => browser.close());

  /** A page of its own in a window of that size. */
  async function open(view: (typeof views)[number]): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: view.width, height: view.height } });
    onTestFinished(() => page.close());
    return page;
  }

  for (const view of views)
    for (const [address, name] of pages)
      it(`shows ${address} on a ${view.name} without an error, and without scrolling sideways`, async () => {
        const page = await open(view);
        const problems = watchPage(page);
        await page.goto(inject("lab").consoleUrl + address, { waitUntil: "load" });
        await page.screenshot({ path: path.join(pictures, `${name}-${view.name}.png`), fullPage: true });
        expect(problems).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(view.width);
      });
});
