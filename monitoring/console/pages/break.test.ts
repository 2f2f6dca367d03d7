import { describe, expect, it } from "vitest";
import { adminListeners } from "../faults/testing.ts";
import { testConsole } from "../testing.ts";
import { textOf } from "./testing.ts";

const BREAK = { for: "1m", switch: "payment/errors/20%/" };

async function lab(token?: string) {
  const listeners = await adminListeners(token);
  const console = testConsole({ switches: listeners.switches, now: () => new Date() });
  await console.desk.refresh();
  const overview = async (): Promise<string> => (await console.app.request("/")).text();
  return { ...listeners, ...console, overview };
}

describe("Break something", () => {
  it("offers every fault of every service, by names that a screen reader can say", async () => {
    const { overview } = await lab();
    const page = await overview();
    expect(page).toContain('aria-label="payment: errors 20%. 20 in 100 requests fail."');
    expect(page).toContain('value="order/dependency/dead/user"');
    expect(page.match(/name="switch"/g)).toHaveLength(2 * 10 + 2 + 4);
  });

  it("breaks with one form, without script, and undoes with another", async () => {
    const { submit, payment, overview } = await lab();
    const answer = await submit("/faults", BREAK);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/#break"]);
    expect(payment.board.live()).toMatchObject([{ fault: "errors", variant: "20%" }]);
    const page = await overview();
    expect(textOf(page)).toMatch(/payment 20% errors , started by the console, (1:00|0:5\d) left Undo/);
    const key = /form="undo" name="key" value="([^"]+)"/.exec(page)?.[1] ?? "";
    expect((await submit("/faults/undo", { key })).status).toBe(303);
    expect(payment.board.live()).toEqual([]);
    expect(textOf(await overview())).toMatch(/payment 20% errors , started by the console, undone at/);
  });

  it("undoes everything at once", async () => {
    const { submit, payment, order, overview } = await lab();
    await submit("/faults", BREAK);
    await submit("/faults", { for: "30s", switch: "order/dependency/slow/user" });
    expect(textOf(await overview())).toContain("Undo all 2");
    await submit("/faults/undo", { key: "all" });
    expect([payment.board.live(), order.board.live()]).toEqual([[], []]);
  });

  it("shows the token to nobody", async () => {
    const { submit, payment, overview } = await lab("sesame-open");
    const answer = await submit("/faults", BREAK);
    expect(payment.board.live()).toHaveLength(1);
    expect(JSON.stringify([...answer.headers]) + (await answer.text()) + (await overview())).not.toContain(
      "sesame",
    );
  });

  it("says in words what a service refuses, and forgets it at the next success", async () => {
    const { submit, overview } = await lab();
    await submit("/faults", { ...BREAK, switch: "payment/errors/21%/" });
    expect(textOf(await overview())).toContain("want one of 1%, 5%, 20%, 50%, 100%");
    await submit("/faults", BREAK);
    expect(textOf(await overview())).not.toContain("want one of");
  });

  it("says which service's switches do not answer, and keeps the others", async () => {
    const { payment, desk, overview } = await lab();
    await payment.stop();
    await desk.refresh();
    const page = textOf(await overview());
    expect(page).toMatch(/the fault switches of payment at http:\/\/127\.0\.0\.1:\d+: it cannot be reached/);
    expect(page).toContain("errors 1% 5%");
  });

  it("says how to turn the switches on where there are none", async () => {
    const { app } = testConsole();
    const page = textOf(await (await app.request("/")).text());
    expect(page).toContain("Fault switches are off here, as they should be in production.");
    expect(page).toContain("PAYMENT_ADMIN_URL=http://127.0.0.1:9082");
  });
});

describe("a form of another site", () => {
  it.each([
    ["of another origin", { origin: "http://evil.example" }, "http://localhost/faults"],
    ["of an opaque origin", { origin: "null" }, "http://localhost/faults"],
    ["of another port", { origin: "http://localhost:81" }, "http://localhost/faults"],
    ["that the browser calls foreign", { "sec-fetch-site": "cross-site" }, "http://localhost/faults"],
    ["under a name that resolves to us", { origin: "http://evil.example" }, "http://evil.example/faults"],
  ])("%s is refused", async (_what, headers, url) => {
    const { submit, payment } = await lab();
    expect((await submit(url, BREAK, headers)).status).toBe(403);
    expect((await submit(`${url}/undo`, { key: "all" }, headers)).status).toBe(403);
    expect(payment.board.live()).toEqual([]);
  });

  it("that says no origin at all is refused", async () => {
    const { app, payment } = await lab();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams(BREAK).toString();
    expect((await app.request("/faults", { method: "POST", headers, body })).status).toBe(403);
    expect(payment.board.live()).toEqual([]);
  });

  it("cannot forge a notification either", async () => {
    const { app } = testConsole();
    const headers = { origin: "http://evil.example", "content-type": "application/json" };
    const body = JSON.stringify({ text: "forged" });
    expect((await app.request("/services/T0/B0/local", { method: "POST", headers, body })).status).toBe(403);
  });
});

it.each([
  ["a service that is not there", { for: "1m", switch: "bank/errors/1%/" }, 400],
  ["a time that is not offered", { for: "9h", switch: BREAK.switch }, 400],
  ["an unknown field", { ...BREAK, share: "1" }, 400],
  ["a form of 3 kB", { ...BREAK, switch: "x".repeat(3000) }, 413],
])("a form with %s is refused, and nothing is switched", async (_what, fields, status) => {
  const { submit, payment } = await lab();
  expect((await submit("/faults", fields)).status).toBe(status);
  expect(payment.board.live()).toEqual([]);
});
