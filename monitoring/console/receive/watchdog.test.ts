import { expect, it } from "vitest";
import { captured } from "../testing.ts";
import { watchdog } from "./watchdog.ts";

const receive = (body: string) =>
  watchdog.receive(body, { path: "/watchdog", contentType: "application/json" });
const changed = (change: (webhook: Record<string, unknown>) => void): string => {
  const webhook = JSON.parse(captured("watchdog.json")) as Record<string, unknown>;
  change(webhook);
  return JSON.stringify(webhook);
};

it("hears a beat in what Alertmanager sends", () => {
  expect(receive(captured("watchdog.json"))).toEqual({
    read: "firing",
    answer: { status: 200, type: "text/plain", body: "ok" },
  });
});

it("hears that the Watchdog has stopped firing", () => {
  expect(receive(captured("watchdog.json").replaceAll('"firing"', '"resolved"')).read).toBe("resolved");
});

it("refuses an alert that is not the Watchdog, so that no other can keep the switch closed", () => {
  expect(receive(captured("watchdog.json").replaceAll("Watchdog", "HighLatency")).refused).toBe(
    "no alert named Watchdog in it; only that alert belongs to the dead man's switch",
  );
});

it("refuses what is no webhook of version 4, and names the place", () => {
  expect(receive("{").refused).toBe("the body is not JSON");
  expect(receive(changed((webhook) => (webhook["version"] = "3"))).refused).toBe(
    `not an Alertmanager webhook of version 4: 'version': Invalid input: expected "4"`,
  );
  expect(receive(changed((webhook) => (webhook["alerts"] = []))).refused).toBe(
    "not an Alertmanager webhook of version 4: 'alerts': Too small: expected array to have >=1 items",
  );
});
