import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { SMTPServer } from "smtp-server";

/** One delivery as it came over the wire. */
export interface Delivery {
  readonly channel: "pagerduty" | "slack" | "email" | "watchdog";
  /** The JSON body, or the source of a mail. */
  readonly body: string;
}

export interface Capture extends AsyncDisposable {
  readonly httpPort: number;
  readonly smtpPort: number;
  /** Everything that has arrived, oldest first. */
  readonly deliveries: readonly Delivery[];
  /**
   * Waits for a delivery; one that has already come counts.
   *
   * @throws Error after `DEADLINE_MS`, with what came instead.
   */
  readonly waitFor: (what: string, matches: (delivery: Delivery) => boolean) => Promise<Delivery>;
}

/** Generous, because a test machine may be busy; only a failure waits this long. */
const DEADLINE_MS = 30_000;

interface Door {
  readonly channel: Delivery["channel"];
  /** What the real service answers to a message that it takes. */
  readonly status: number;
  readonly answer: string;
}

const doors: Readonly<Record<string, Door>> = {
  "/v2/enqueue": { channel: "pagerduty", status: 202, answer: '{"status":"success","dedup_key":"x"}' },
  "/services/T0/B0/local": { channel: "slack", status: 200, answer: "ok" },
  "/watchdog": { channel: "watchdog", status: 200, answer: "ok" },
};

/** Stands in for PagerDuty, Slack, the dead man's switch and a mail server, on ports that the system chooses. */
export async function startCapture(): Promise<Capture> {
  const deliveries: Delivery[] = [];
  const looks = new Set<() => void>();
  const take = (delivery: Delivery): void => {
    deliveries.push(delivery);
    for (const look of looks) look();
  };
  const http = createServer((request, response) => {
    const door = doors[request.url ?? ""];
    void whole(request).then((body) => {
      if (body !== undefined && door !== undefined) take({ channel: door.channel, body });
      return response.writeHead(door?.status ?? 404).end(door?.answer);
    });
  });
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    onData(stream, _session, done) {
      stream.once("end", done);
      void whole(stream).then((body) => {
        if (body !== undefined) take({ channel: "email", body });
        return undefined;
      });
    },
  });
  // A sender that is stopped in the middle of a mail; without a listener it would end the test run.
  smtp.on("error", () => undefined);
  const [httpPort, smtpPort] = await Promise.all([
    portOf(http.listen(0, "127.0.0.1")),
    portOf(smtp.listen(0, "127.0.0.1")),
  ]);
  const waitFor = (what: string, matches: (delivery: Delivery) => boolean): Promise<Delivery> => {
    const { promise, resolve, reject } = Promise.withResolvers<Delivery>();
    const look = (): void => {
      const found = deliveries.find((delivery) => matches(delivery));
      if (found !== undefined) resolve(found);
    };
    const timer = setTimeout(() => {
      const seen = deliveries.map(({ channel, body }) => `${channel}: ${body}`).join("\n");
      reject(new Error(`no ${what} within ${DEADLINE_MS} ms; what came:\n${seen}`));
    }, DEADLINE_MS);
    looks.add(look);
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      looks.delete(look);
    });
  };
  return {
    httpPort,
    smtpPort,
    deliveries,
    waitFor,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => http.close(resolve)),
        new Promise<void>((resolve) => smtp.close(resolve)),
      ]);
    },
  };
}

/** Reads a delivery to its end; undefined when its sender was stopped in the middle of it. */
async function whole(stream: AsyncIterable<Buffer>): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function portOf(server: Server): Promise<number> {
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
