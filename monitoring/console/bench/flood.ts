/** Ten thousand notifications, some of them too large and some malformed, and what became of them. */
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export const flood = { count: 10_000, tooLarge: 10, malformed: 50, connections: 20 } as const;

const captured = (name: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, "../testdata/alertmanager-0.25", name), "utf8"));
const trigger = captured("pagerduty-trigger.json") as Record<string, unknown>;
const slack = captured("slack-firing.json") as { attachments: Record<string, unknown>[] };
const large = Buffer.alloc(5 * 1024 * 1024, "a");

/** Posts a body. @returns the status, or null when there was no answer */
export type Post = (to: string, body: string | Buffer) => Promise<number | null>;

/** Every tenth goes to Slack, the rest to PagerDuty; each is about something else. */
export function message(n: number): { readonly path: string; readonly body: string } {
  if (n % 10 > 0)
    return { path: "/v2/enqueue", body: JSON.stringify({ ...trigger, dedup_key: `flood ${n}` }) };
  const fields = [{ title: "Service", value: `service-${n}`, short: true }];
  const attachments = [{ ...slack.attachments[0], title: `[FIRING:1] flood ${n}`, fields }];
  return { path: "/services/T0/B0/local", body: JSON.stringify({ ...slack, attachments }) };
}

/**
 * Sends the whole flood.
 *
 * @param seconds how long to take over it; one that is late is sent at once. 0 sends as fast as answers come.
 * @returns a status a notification.
 */
export function sendFlood(post: Post, seconds = 0): Promise<(number | null)[]> {
  const { count, tooLarge, malformed, connections } = flood;
  const begin = performance.now();
  const tasks = Array.from({ length: count }, (_, n) => async () => {
    const early = begin + (seconds * 1000 * n) / count - performance.now();
    if (early > 0) await wait(early);
    if (n % (count / tooLarge) === 500) return post("/v2/enqueue", large);
    if (n % (count / malformed) === 60) return post("/v2/enqueue", '{"routing_key":');
    const { path, body } = message(n);
    return post(path, body);
  });
  return inParallel(connections, tasks);
}

/** Posts over kept-alive connections; nothing is sent twice. */
export function poster(
  port: number,
  connections: number,
): { readonly post: Post; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const post: Post = (to, body) =>
    new Promise((resolve) => {
      const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
      const options = { agent, port, host: "127.0.0.1", path: to, method: "POST", headers };
      const sent = request(options, (answer) => {
        answer.resume().once("end", () => resolve(answer.statusCode ?? null));
        answer.once("error", () => resolve(null));
      });
      sent.once("error", () => resolve(null));
      sent.end(body);
    });
  return { post, close: () => agent.destroy() };
}

/** Runs the tasks, `width` at a time, in order. */
export async function inParallel<T>(width: number, tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < tasks.length; n = next++) {
      const task = tasks[n];
      if (task) results[n] = await task();
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

/** What the inbox shows of a delivery. */
export interface Shown {
  readonly id: string;
  readonly state: string;
  readonly summary: string;
  readonly dedup_key: string | null;
}

/** All that the inbox shows, oldest first, page by page. */
export async function shown(port: number): Promise<Shown[]> {
  const all: Shown[] = [];
  for (;;) {
    const before = all.at(-1)?.id;
    const url = `http://127.0.0.1:${port}/api/notifications?limit=1000${before === undefined ? "" : `&before=${before}`}`;
    const { notifications } = (await (await fetch(url)).json()) as { notifications: Shown[] };
    if (notifications.length === 0) return all.toReversed();
    all.push(...notifications);
  }
}

/** How many different notifications were kept, and how many refusals. */
export async function keptOf(port: number): Promise<{ readonly kept: number; readonly refused: number }> {
  const all = await shown(port);
  const accepted = all.filter(({ state }) => state === "firing");
  return {
    kept: new Set(accepted.map(({ dedup_key, summary }) => dedup_key ?? summary)).size,
    refused: all.filter(({ state }) => state === "refused").length,
  };
}
