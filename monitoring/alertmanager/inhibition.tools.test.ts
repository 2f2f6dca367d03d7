import { beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { inhibitionCases, type InhibitionCase } from "./cases.ts";
import { startAlertmanager } from "./live/alertmanager.ts";
import { startCapture } from "./live/capture.ts";

const cases = inhibitionCases();
const alertsSchema = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    status: z.object({ inhibitedBy: z.array(z.string()) }),
  }),
);

/** A pair that is posted after all others: once it is silenced, so is whatever else is going to be. */
const last: InhibitionCase = {
  name: "last",
  firing: { alertname: "NodeNotReady", severity: "critical", node: "last" },
  other: { alertname: "Last", category: "workload", node: "last" },
  silenced: true,
};

let silenced: ReadonlyMap<string, boolean>;

// All cases at once: each in clusters of its own, and every rule compares the cluster.
beforeAll(async () => {
  await using capture = await startCapture();
  await using alertmanager = await startAlertmanager(capture);
  for (const each of [...cases, last]) {
    await alertmanager.post([{ labels: labelsOf(each, "firing") }, { labels: labelsOf(each, "other") }]);
  }
  const look = async (): Promise<Map<string, boolean>> => {
    const response = await fetch(`${alertmanager.url}/api/v2/alerts?inhibited=true`);
    const alerts = alertsSchema.parse(await response.json());
    return new Map(alerts.map(({ labels, status }) => [keyOf(labels), status.inhibitedBy.length > 0]));
  };
  silenced = await vi.waitUntil(
    async () => {
      const seen = await look();
      return seen.get(keyOf(labelsOf(last, "other"))) === true ? seen : undefined;
    },
    { timeout: 30_000, interval: 100 },
  );
});

it.each(cases.map((each) => [each.name, each] as const))("%s", (_name, each) => {
  expect(silenced.get(keyOf(labelsOf(each, "other")))).toBe(each.silenced);
});

function labelsOf(each: InhibitionCase, side: "firing" | "other"): Record<string, string> {
  const labels = each[side];
  return { ...labels, cluster: `${each.name}: ${labels["cluster"] ?? "one"}`, case: each.name, side };
}

function keyOf(labels: Readonly<Record<string, string>>): string {
  return `${labels["case"]}/${labels["side"]}`;
}
