import { z } from "zod";
import { until } from "./until.ts";

const responseSchema = z.object({
  data: z.object({
    activeTargets: z.array(z.object({ health: z.string(), scrapePool: z.string(), lastError: z.string() })),
  }),
});

/** Between two looks, in milliseconds: Prometheus scrapes in seconds, and a start leaves no processor idle. */
const PAUSE_MS = 250;

type Target = z.infer<typeof responseSchema>["data"]["activeTargets"][number];

/**
 * Waits until Prometheus has scraped every target.
 *
 * @param sinceMs when the start began, on the clock of `performance.now()`.
 * @param deadlineMs after this long a target that is still down is worth naming, in milliseconds.
 * @returns a line for the person: how many and how long it took, or which are still down.
 */
export async function targetsUp(
  prometheusUrl: string,
  sinceMs: number,
  signal: AbortSignal,
  deadlineMs = 60_000,
): Promise<string> {
  let targets: readonly Target[] = [];
  const allUp = await until(
    async () => {
      targets = await readTargets(prometheusUrl, signal);
      return targets.length > 0 && targets.every(({ health }) => health === "up");
    },
    deadlineMs,
    signal,
    PAUSE_MS,
  );
  const seconds = ((performance.now() - sinceMs) / 1000).toFixed(1);
  if (allUp)
    return `All ${targets.length} scrape targets are up, ${seconds} s after the first process began.`;
  const down = targets.filter(({ health }) => health !== "up");
  return `Not up after ${seconds} s: ${down.map((each) => `${each.scrapePool} (${each.lastError})`).join(", ")}.`;
}

/** Waits until one target was scraped. @returns whether one was before the deadline, in milliseconds. */
export async function firstScrape(
  prometheusUrl: string,
  signal: AbortSignal,
  deadlineMs: number,
): Promise<boolean> {
  const look = async (): Promise<boolean> =>
    (await readTargets(prometheusUrl, signal)).some(({ health }) => health === "up");
  return until(look, deadlineMs, signal, PAUSE_MS);
}

async function readTargets(prometheusUrl: string, signal: AbortSignal): Promise<Target[]> {
  const response = await fetch(`${prometheusUrl}/api/v1/targets?state=active`, { signal });
  return responseSchema.parse(await response.json()).data.activeTargets;
}
