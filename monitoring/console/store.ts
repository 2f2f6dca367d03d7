import { clip } from "./clip.ts";
import { Journal } from "./journal.ts";
import type { Position } from "./journal.ts";
import { LIST_SUMMARY_LENGTH } from "./limits.ts";
import { notificationSchema } from "./notification.ts";
import type { Notification } from "./notification.ts";

/** What memory holds of a notification: enough for the list. All of it lies in the journal. */
export interface Listed extends Pick<
  Notification,
  | "id"
  | "received_at"
  | "channel"
  | "state"
  | "summary"
  | "service"
  | "slo"
  | "tier"
  | "alertname"
  | "severity"
> {
  readonly thread: string;
  readonly digest: string;
  readonly at: Position;
  /** How often it came: 1, and 1 more for each time that it was sent again. Counted since the console started. */
  deliveries: number;
}

export interface StoreOptions {
  readonly directory: string;
  readonly name: string;
  readonly limits: { readonly count: number; readonly bytes: number; readonly segmentBytes: number };
  /** Hears what of an earlier run could not be read, in words. */
  readonly onProblem: (problem: string) => void;
}

/** A bounded, durable list of notifications, oldest first. */
export class Store {
  readonly #journal: Journal;
  readonly #limits: StoreOptions["limits"];
  readonly #listed: Listed[] = [];
  /** The newest of each thread. */
  readonly #latest = new Map<string, Listed>();

  /** Opens the store and reads back what an earlier run kept. @throws Error of the file system. */
  constructor({ directory, name, limits, onProblem }: StoreOptions) {
    this.#limits = limits;
    this.#journal = new Journal({
      directory,
      name,
      segmentBytes: limits.segmentBytes,
      onLine: (line, at) => {
        const notification = parseLine(line);
        if (notification === undefined)
          onProblem(`skipped a damaged line of ${at.bytes} bytes in ${name} segment ${at.segment}`);
        else this.#list(notification, at);
      },
      onTorn: (file, bytes) => onProblem(`skipped ${bytes} bytes of an unfinished last line in ${file}`),
    });
    this.#evict();
  }

  get listed(): readonly Listed[] {
    return this.#listed;
  }

  get bytes(): number {
    return this.#journal.bytes;
  }

  /** The newest of a thread, if the thread is still remembered. */
  latest(thread: string): Listed | undefined {
    return this.#latest.get(thread);
  }

  /** The newest of every remembered thread. */
  threads(): Listed[] {
    return [...this.#latest.values()];
  }

  /**
   * Keeps a notification, durably, before it returns.
   *
   * @param notification with an id above all earlier ones.
   * @throws Error of the file system; nothing is kept then.
   */
  add(notification: Notification): Listed {
    const line = JSON.stringify(notification);
    const listed = this.#list(notification, this.#journal.append(line));
    this.#evict();
    return listed;
  }

  /** @returns the whole of a notification; undefined when it has been evicted. */
  async load(listed: Listed): Promise<Notification | undefined> {
    const line = await this.#journal.read(listed.at);
    return line === undefined ? undefined : parseLine(line);
  }

  close(): void {
    this.#journal.close();
  }

  #list(notification: Notification, at: Position): Listed {
    const { id, received_at, channel, state, service, slo, tier, alertname, severity, thread, digest } =
      notification;
    const summary = clip(notification.summary, LIST_SUMMARY_LENGTH);
    const facts = {
      id,
      received_at,
      channel,
      state,
      summary,
      service,
      slo,
      tier,
      alertname,
      severity,
      thread,
      digest,
    };
    // A copy through JSON: V8 lets a piece of a string hold the whole of it, and the whole may be half a megabyte.
    const listed: Listed = { ...(JSON.parse(JSON.stringify(facts)) as typeof facts), at, deliveries: 1 };
    this.#listed.push(listed);
    this.#latest.set(listed.thread, listed);
    return listed;
  }

  #evict(): void {
    while (
      this.#listed.length > this.#limits.count ||
      (this.#journal.bytes > this.#limits.bytes && this.#listed.length > 1)
    ) {
      const oldest = this.#listed.shift();
      if (oldest !== undefined && this.#latest.get(oldest.thread) === oldest)
        this.#latest.delete(oldest.thread);
      this.#journal.dropBefore(this.#listed[0]?.at.segment ?? 0);
    }
  }
}

function parseLine(line: string): Notification | undefined {
  try {
    return notificationSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
