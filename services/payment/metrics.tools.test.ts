import { expect, it } from "vitest";
import { createRegistry } from "../kit/metrics.ts";
import { promtoolCheckMetrics } from "../kit/promtool.ts";
import { testDeps } from "../kit/testing.ts";
import { createApp } from "./app.ts";

it("exposes metrics that promtool has nothing against", async () => {
  const app = createApp(testDeps({ registry: createRegistry() }));
  for (const path of ["/api/payments", "/nowhere"]) await app.request(path);
  const response = await app.request("/metrics");
  expect(await promtoolCheckMetrics(await response.text())).toEqual({ code: 0, said: "" });
});
