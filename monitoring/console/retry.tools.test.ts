/** Done-when 5: the console is killed in the middle of an incident; what a real Alertmanager could not deliver comes later. */
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import type { RunningListener } from "../../loadgen/bench/program.ts";
import { startAlertmanager } from "../alertmanager/live/alertmanager.ts";
import type { Alert } from "../alertmanager/live/alertmanager.ts";
import { startConsoleProcess } from "./bench/console-process.ts";
import { temporaryDirectory } from "./testing.ts";

const page: Alert = {
  labels: {
    alertname: "ErrorBudgetBurnRateCritical",
    severity: "critical",
    category: "slo",
    service: "payment",
    slo: "payment-availability",
    slo_tier: "page-fast",
  },
  annotations: { summary: "payment burns its budget" },
};
const PATIENCE = { timeout: 60_000, interval: 250 };

interface Kept {
  readonly channel: string;
  readonly state: string;
  readonly raw: string | { readonly channel?: string };
}

/** A port that was free a moment ago: the console has to come back on the one that Alertmanager knows. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

it("gets what it missed while it was dead, and shows it once", async () => {
  const directory = temporaryDirectory();
  const ports = { port: await freePort(), smtpPort: await freePort() };
  const start = async (): Promise<RunningListener> => {
    const started = await startConsoleProcess(directory, {
      PORT: String(ports.port),
      SMTP_PORT: String(ports.smtpPort),
    });
    onTestFinished(() => started.kill());
    return started;
  };
  const kept = async (state: string): Promise<string[]> => {
    const answer = await fetch(`http://127.0.0.1:${ports.port}/api/notifications?limit=1000`);
    const { notifications } = (await answer.json()) as { notifications: Kept[] };
    return notifications
      .filter((each) => each.state === state)
      .map(({ channel, raw }) => (typeof raw === "object" && raw.channel ? raw.channel : channel))
      .toSorted();
  };
  const failed = async (): Promise<number> => {
    const metrics = await (await fetch(`${alertmanager.url}/metrics`)).text();
    const lines = metrics.matchAll(/^alertmanager_notification_requests_failed_total\{.*\} (\d+)$/gm);
    return lines.reduce((sum, [, count]) => sum + Number(count), 0);
  };
  const everywhere = ["#sre-critical-alerts", "#sre-slo-alerts", "pagerduty"];

  const first = await start();
  await using alertmanager = await startAlertmanager({ httpPort: ports.port, smtpPort: ports.smtpPort });
  await alertmanager.post([page]);
  await expect.poll(() => kept("firing"), PATIENCE).toEqual(everywhere);

  await first.kill();
  await alertmanager.post([{ ...page, endsAt: new Date().toISOString() }]);
  // It has tried, and nobody was there.
  await expect.poll(failed, PATIENCE).toBeGreaterThan(0);

  await start();
  await expect.poll(() => kept("resolved"), PATIENCE).toEqual(everywhere);
  expect(await kept("firing")).toEqual(everywhere);
  const incidents = await fetch(`http://127.0.0.1:${ports.port}/api/incidents`);
  expect(await incidents.json()).toMatchObject({ incidents: [{ state: "resolved" }] });
});
