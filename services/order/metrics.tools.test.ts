import { expect, it } from "vitest";
import { createRegistry } from "../kit/metrics.ts";
import { promtoolCheckMetrics } from "../kit/promtool.ts";
import { testDeps } from "../kit/testing.ts";
import { createApp } from "./app.ts";

/** Neighbours that no test here calls. */
const nobody = async () => ({ status: 200, body: {} });

it("exposes metrics that promtool has nothing against", async () => {
  const app = createApp(testDeps({ registry: createRegistry() }), {
    clients: { user: nobody, payment: nobody },
  });
  for (const path of ["/api/orders", "/nowhere"]) await app.request(path);
  const response = await app.request("/metrics");
  expect(await promtoolCheckMetrics(await response.text())).toEqual({ code: 0, said: "" });
});
