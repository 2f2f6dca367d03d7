import { expect, it } from "vitest";
import { createRegistry } from "../kit/metrics.ts";
import { pinned, testDeps } from "../kit/testing.ts";
import { createApp } from "./app.ts";

it("exposes exactly these metrics and series right after its start", async () => {
  const registry = createRegistry();
  const app = createApp(testDeps({ registry }), { peakHour: 12, dayLength: 86_400_000 });
  const response = await app.request("/metrics");
  await expect(pinned(await response.text())).toMatchFileSnapshot("metrics.snapshot.txt");
});
