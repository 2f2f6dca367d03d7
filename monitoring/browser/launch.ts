import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { findBrowser } from "./find-browser.ts";

/** Chromium as a test wants it: it talks to nobody but the page's own server, and needs no graphics card. */
const flags = [
  // A container's root may not use Chromium's own sandbox; the pages are ours.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts a headless Chromium with a profile of its own, which is gone when it is closed.
 *
 * @throws NativeError TOOLS_MISSING when there is no Chromium and it may not be installed.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await findBrowser(), args: flags });
}
