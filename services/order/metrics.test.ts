import { expect, it } from "vitest";
import { createRegistry } from "../kit/metrics.ts";
import { pinned, testDeps } from "../kit/testing.ts";
import { createApp } from "./app.ts";

/** Neighbours that no test here calls. */
const nobody = async () => ({ status: 200, body: {} });

it("exposes exactly these metrics and series right after its start", async () => {
  const registry = createRegistry();
  const app = createApp(testDeps({ registry }), { clients: { user: nobody, payment: nobody } });
  const response = await app.request("/metrics");
  await expect(pinned(await response.text())).toMatchFileSnapshot("metrics.snapshot.txt");
});
