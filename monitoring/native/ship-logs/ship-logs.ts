import { setTimeout as wait } from "node:timers/promises";
import { followFile } from "./follow.ts";
import { pushBody, type LogLine } from "./push-body.ts";

export interface ShipOptions {
  readonly lokiUrl: string;
  /** The file of each program's JSON lines, by the program's name. */
  readonly files: ReadonlyMap<string, string>;
  /** Ends it, after what was written by then has been tried once more. */
  readonly signal: AbortSignal;
  /** Takes a sentence when Loki does not take lines, once for each time that it begins to refuse. @default nobody hears it */
  readonly say?: (line: string) => void;
  /** Between two looks at the files, in milliseconds. @default 1000 */
  readonly pauseMs?: number;
}

/** Lines that wait while Loki is away; the oldest go first. */
const MOST_WAITING = 20_000;
/** Lines in one push. */
const BATCH = 2000;
const TIMEOUT_MS = 5000;

/**
 * Ships the programs' logs to Loki, for stacks without Alloy. Where Loki does not answer, lines wait; those that it
 * refuses for good (400) are dropped, since they would be refused again.
 *
 * @returns when the signal has aborted; it never throws.
 */
export async function shipLogs({ lokiUrl, files, signal, say, pauseMs = 1000 }: ShipOptions): Promise<void> {
  const followers = [...files].map(([service, file]) => ({ service, read: followFile(file) }));
  let waiting: LogLine[] = [];
  let trouble: string | undefined;
  const look = (): void => {
    const readAt = Date.now();
    for (const { service, read } of followers)
      for (const line of read()) waiting.push({ service, line, readAt });
    waiting = waiting.slice(-MOST_WAITING);
  };
  const send = async (): Promise<void> => {
    while (waiting.length > 0) {
      const { outcome, reason } = await push(lokiUrl, waiting.slice(0, BATCH));
      if (reason !== trouble && reason !== undefined) say?.(`Logs are not stored: ${reason}.`);
      trouble = reason;
      if (outcome === "wait") return;
      waiting = waiting.slice(BATCH);
    }
  };
  while (!signal.aborted) {
    look();
    await send();
    // The timer's abort is no error here: it is how this ends.
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  look();
  await send();
}

/** What became of a push: taken, to be tried again, or never to be taken; the latter two with the reason. */
interface Pushed {
  readonly outcome: "stored" | "wait" | "refused";
  readonly reason?: string;
}

async function push(lokiUrl: string, lines: readonly LogLine[]): Promise<Pushed> {
  try {
    const response = await fetch(`${lokiUrl}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(pushBody(lines)),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return { outcome: "stored" };
    const again = response.status >= 500 || response.status === 429;
    const words = (await response.text()).trim().slice(0, 200);
    return { outcome: again ? "wait" : "refused", reason: `Loki answers ${response.status}: ${words}` };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { outcome: "wait", reason: `Loki does not answer (${words})` };
  }
}
