import { describe, expect, it } from "vitest";
import { adminListeners } from "../faults/testing.ts";
import { testConsole } from "../testing.ts";
import { textOf } from "./testing.ts";

async function lab() {
  const listeners = await adminListeners();
  const console = testConsole({ switches: listeners.switches, now: () => new Date(), timeScale: 60 });
  await console.desk.refresh();
  const text = async (): Promise<string> => textOf(await (await console.app.request("/")).text());
  return { ...listeners, ...console, text };
}

describe("the scenarios of the console", () => {
  it("begin with one click, say how far they are, and stop with another", async () => {
    const { submit, payment, book, text } = await lab();
    expect((await submit("/scenarios", { scenario: "bad-deploy" })).status).toBe(303);
    await expect.poll(() => payment.board.live().map(({ variant }) => variant)).toEqual(["20%"]);
    await expect.poll(text).toMatch(/Bad deploy: running step 1 of 1, payment: errors 20% for 10 s/);
    expect(book.all()).toMatchObject([{ by: "bad-deploy" }]);
    expect(await text()).toContain("started by the scenario bad-deploy");
    expect((await submit("/scenarios", { scenario: "flapping" })).status).toBe(409);
    expect((await submit("/scenarios/stop", {})).status).toBe(303);
    await expect.poll(() => payment.board.live()).toEqual([]);
    await expect.poll(text).toContain("Bad deploy: stopped");
  });

  it("say in words why one could not begin", async () => {
    const { submit, text } = await lab();
    await submit("/scenarios", { scenario: "traffic-burst" });
    await expect.poll(text).toContain("no switch of the load generator: set LOADGEN_ADMIN_URL");
  });

  it("are not begun by another site, nor under a name that is none", async () => {
    const { submit, payment } = await lab();
    const foreign = { origin: "http://evil.example" };
    expect((await submit("/scenarios", { scenario: "bad-deploy" }, foreign)).status).toBe(403);
    expect((await submit("/scenarios", { scenario: "../../secret" })).status).toBe(409);
    expect(payment.board.live()).toEqual([]);
  });
});
