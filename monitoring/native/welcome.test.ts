import { describe, expect, it } from "vitest";
import { localUrl, portsAt } from "./ports.ts";
import { welcome } from "./welcome.ts";

const ports = portsAt(0);
const stack = { begunMs: 1000, readyMs: 5432, url: (name: keyof typeof ports) => localUrl(ports[name]) };
const options = {
  portOffset: 0,
  durationMs: undefined,
  timeScale: 1,
  profile: "default",
  rps: undefined,
  seed: undefined,
  history: "30d",
  stateDirectory: ".burnrate",
} as const;

describe("the welcome", () => {
  it("says where everything is and how to end it", () => {
    expect(welcome(stack, options)).toMatchInlineSnapshot(`
      "Everything is ready 4.4 s after the first process began.

        Console         http://127.0.0.1:8080
        Inbox           http://127.0.0.1:8080/inbox
        Prometheus      http://127.0.0.1:9090
        Alertmanager    http://127.0.0.1:9093
        Order service   http://127.0.0.1:8081/api/orders
        Payment service http://127.0.0.1:8082/api/payments
        User service    http://127.0.0.1:8083/api/users
        Fault switches  http://127.0.0.1:9081/faults (order), http://127.0.0.1:9082, http://127.0.0.1:9083
        Load generator  http://127.0.0.1:8090/metrics
        Logs            .burnrate/logs/
      Ctrl-C ends everything."
    `);
  });

  it("says what is unusual about this run", () => {
    const text = welcome(stack, { ...options, timeScale: 60, profile: "reference", durationMs: 90_000 });
    expect(text.split("\n").slice(-3)).toEqual([
      "Time is scaled: every SLO window and interval is 60 times shorter.",
      "Profile reference: every simulated failure is a 5xx, so pages are expected.",
      "Ends by itself after 90 s, or with Ctrl-C.",
    ]);
  });
});
