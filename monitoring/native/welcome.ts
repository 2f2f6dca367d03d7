import type { DemoOptions } from "./options.ts";
import type { Stack } from "./stack.ts";

/**
 * What to tell a person once everything is ready: where to look, what is unusual about this run, how to end it.
 *
 * @returns several lines, without a newline at the end.
 */
export function welcome(
  stack: Pick<Stack, "url" | "begunMs" | "readyMs">,
  { timeScale, profile, durationMs, stateDirectory }: DemoOptions,
): string {
  const addresses = [
    ["Console", stack.url("console")],
    ["Inbox", `${stack.url("console")}/inbox`],
    ["Prometheus", stack.url("prometheus")],
    ["Alertmanager", stack.url("alertmanager")],
    ["Order service", `${stack.url("order")}/api/orders`],
    ["Payment service", `${stack.url("payment")}/api/payments`],
    ["User service", `${stack.url("user")}/api/users`],
    [
      "Fault switches",
      `${stack.url("orderAdmin")}/faults (order), ${stack.url("paymentAdmin")}, ${stack.url("userAdmin")}`,
    ],
    ["Load generator", `${stack.url("loadgen")}/metrics`],
    ["Logs", `${stateDirectory}/logs/`],
  ] as const;
  const lines = addresses.map(([title, address]) => `  ${title.padEnd(16)}${address}`);
  if (timeScale > 1)
    lines.push(`Time is scaled: every SLO window and interval is ${timeScale} times shorter.`);
  if (profile === "reference")
    lines.push("Profile reference: every simulated failure is a 5xx, so pages are expected.");
  lines.push(
    durationMs === undefined
      ? "Ctrl-C ends everything."
      : `Ends by itself after ${durationMs / 1000} s, or with Ctrl-C.`,
  );
  const ready = `Everything is ready ${((stack.readyMs - stack.begunMs) / 1000).toFixed(1)} s after the first process began.`;
  return [ready, "", ...lines].join("\n");
}
