import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { NativeError } from "../../native/errors.ts";
import { startStack } from "../../native/stack.ts";
import { listenForStop, StopRequest } from "../../native/stop-request.ts";
import { launchBrowser } from "../launch.ts";

const folder = path.resolve(import.meta.dirname, "../../console/pictures");
/** Beyond the offsets of tests and benchmarks. */
const PORT_OFFSET = 24_000;
/** From the click to the page: a minute and a half by arithmetic, and what a slow machine adds. In milliseconds. */
const PATIENCE_MS = 600_000;
/** Rules that run once a minute have their first values by then. In milliseconds. */
const WARM_UP_MS = 90_000;
const size = { width: 1440, height: 900 };

/**
 * `npm run pictures`: starts a stack with its past, breaks payments by a click, waits for the page, undoes it, waits
 * for the resolution, and takes the pictures of README.md anew. It takes about ten minutes.
 *
 * @returns the exit code: 0 taken; 1 something failed; 2 nothing could be started.
 */
export async function takePictures(): Promise<number> {
  const signal = listenForStop();
  const stateDirectory = await mkdtemp(path.join(tmpdir(), "burnrate-pictures-"));
  try {
    const stack = await startStack({
      stateDirectory,
      portOffset: PORT_OFFSET,
      history: "30d",
      seed: 1,
      signal,
      say,
    });
    try {
      await take(stack.url("console"));
    } finally {
      await stack.stop();
    }
    return 0;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return error instanceof NativeError || error instanceof StopRequest ? error.exitCode : 1;
  } finally {
    await rm(stateDirectory, { recursive: true, force: true });
  }
}

async function take(consoleUrl: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: size });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(consoleUrl);
    say("Letting the rules warm up …");
    await page.waitForTimeout(WARM_UP_MS);
    await shoot(page, "overview", true);
    await page.getByRole("button", { name: /^payment: errors 50%/ }).click();
    say("Payment is broken; waiting for the page …");
    const now = page.locator("#now-pane");
    await now.getByText("page received").first().waitFor();
    await page.getByRole("button", { name: /^Undo payment/ }).click();
    say("Payment is well; waiting for the resolution …");
    await now.getByText("resolved", { exact: true }).first().waitFor();
    await page.goto(`${consoleUrl}/incidents`);
    await page.locator("main a[href^='/incidents/']").first().click();
    await shoot(page, "incident", true);
    await page.goto(`${consoleUrl}/dashboards/slo-overview?from=now-30d&to=now`, { waitUntil: "load" });
    await page.locator(".uplot").first().waitFor();
    await shoot(page, "slo-overview", false);
  } finally {
    await browser.close();
  }
}

async function shoot(page: Page, name: string, fullPage: boolean): Promise<void> {
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file, fullPage });
  say(`monitoring/console/pictures/${name}.png`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
