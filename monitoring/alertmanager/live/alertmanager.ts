import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { findTools } from "../../native/tools/tools.ts";
import type { Capture } from "./capture.ts";
import { testConfiguration, type ConfigurationChanges } from "./configuration.ts";

/** An alert as Prometheus posts it. */
export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly generatorURL?: string;
  /** RFC 3339; in the past for an alert that is resolved. */
  readonly startsAt?: string;
  readonly endsAt?: string;
}

export interface LiveAlertmanager extends AsyncDisposable {
  readonly url: string;
  /** @throws Error when Alertmanager refuses them. */
  readonly post: (alerts: readonly Alert[]) => Promise<void>;
}

const START_DEADLINE_MS = 30_000;

/**
 * Starts an Alertmanager on a port of the system's choice, with the committed configuration turned towards `capture`.
 *
 * @param changes parts of the configuration that the test replaces.
 * @throws Error with Alertmanager's output when it does not start.
 */
export async function startAlertmanager(
  capture: Pick<Capture, "httpPort" | "smtpPort">,
  changes: ConfigurationChanges = {},
): Promise<LiveAlertmanager> {
  const command = findTools(process.env["PATH"]).alertmanager;
  if (command === undefined) throw new Error("alertmanager is not on the PATH");
  const directory = mkdtempSync(path.join(tmpdir(), "burnrate-alertmanager-"));
  const { httpPort, smtpPort } = capture;
  const file = path.join(directory, "alertmanager.yml");
  writeFileSync(file, testConfiguration({ httpPort, smtpPort, directory }, changes));
  writeFileSync(path.join(directory, "slack_url"), `http://127.0.0.1:${httpPort}/services/T0/B0/local`);
  writeFileSync(path.join(directory, "pagerduty_routing_key"), "0123456789abcdef0123456789abcdef");
  const child = spawn(
    command,
    [
      `--config.file=${file}`,
      `--storage.path=${directory}`,
      "--web.listen-address=127.0.0.1:0",
      "--web.external-url=http://alertmanager.test:9093",
      "--cluster.listen-address=",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const ended = once(child, "exit");
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const url = `http://127.0.0.1:${await portFrom(child.stderr)}`;
    return { url, post: (alerts) => post(url, alerts), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads the port out of the log: Alertmanager says where it listens. */
async function portFrom(log: NodeJS.ReadableStream): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const lines: string[] = [];
  const fail = (): void => reject(new Error(`Alertmanager did not start:\n${lines.join("\n")}`));
  const timer = setTimeout(fail, START_DEADLINE_MS);
  createInterface({ input: log })
    .on("line", (line) => {
      lines.push(line);
      const port = /Listening on.*address=127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(port);
    })
    .once("close", fail);
  return promise.finally(() => clearTimeout(timer));
}

async function post(url: string, alerts: readonly Alert[]): Promise<void> {
  const response = await fetch(`${url}/api/v2/alerts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(alerts),
  });
  if (!response.ok) throw new Error(`Alertmanager refused the alerts: ${await response.text()}`);
}
