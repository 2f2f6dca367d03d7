import { describe, expect, inject, it } from "vitest";
import { localUrl, portsAt } from "../../native/ports.ts";
import { until } from "../../native/until.ts";
import { dashboardFiles } from "../dashboards.ts";
import { readLab } from "../lab.ts";
import { checkLive } from "./check-live.ts";

/** The slowest rules run once a minute, and their rates need two samples; on a slow machine a little more. */
const PATIENCE_MS = 180_000;
const BETWEEN_MS = 10_000;

describe("every query of every dashboard", () => {
  it("has an answer on a live demo with its past, but for those that are excused", async () => {
    const { prometheusUrl, portOffset } = inject("lab");
    const lokiUrl = await whereLokiIs(portOffset);
    const dashboards = dashboardFiles(readLab()).map(({ content }) => JSON.parse(content) as unknown);
    let problems: readonly string[] = [];
    await until(
      async () => {
        problems = await checkLive(dashboards, { prometheusUrl, lokiUrl });
        return problems.length === 0;
      },
      PATIENCE_MS,
      undefined,
      BETWEEN_MS,
    );
    expect(problems).toEqual([]);
  });
});

/** Loki runs where it is installed; elsewhere the demo has none, and no LogQL can be asked. */
async function whereLokiIs(portOffset: number): Promise<string | undefined> {
  const url = localUrl(portsAt(portOffset).loki);
  try {
    await fetch(`${url}/ready`);
    return url;
  } catch {
    return undefined;
  }
}
