import { clip } from "./clip.ts";
import { digestOf } from "./digest.ts";
import { notificationLimits, REFUSED_SAMPLE, refusalLimits, SUMMARY_LENGTH } from "./limits.ts";
import type { Channel, Draft, Notification, Refusal } from "./notification.ts";
import { Store } from "./store.ts";
import type { Listed } from "./store.ts";

export interface InboxOptions {
  /** Where the journals lie. */
  readonly directory: string;
  /** Hears what of an earlier run could not be read, in words. */
  readonly onProblem: (problem: string) => void;
  /** @default the clock */
  readonly now?: () => Date;
}

export interface ListQuery {
  /** Only this channel. */
  readonly channel?: Channel | undefined;
  /** Only refused deliveries, or only accepted ones. */
  readonly refused?: boolean | undefined;
  /** Only what was received at this moment or later. */
  readonly since?: Date | undefined;
  /** Only what is older than the notification with this id. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Every delivery, accepted or refused, newest first. */
export class Inbox {
  readonly #accepted: Store;
  readonly #refused: Store;
  readonly #now: () => Date;
  #lastId: number;

  /** Opens the inbox with what an earlier run left in the folder. @throws Error of the file system. */
  constructor({ directory, onProblem, now = () => new Date() }: InboxOptions) {
    this.#now = now;
    this.#accepted = new Store({ directory, name: "notifications", limits: notificationLimits, onProblem });
    this.#refused = new Store({ directory, name: "refused", limits: refusalLimits, onProblem });
    this.#lastId = Math.max(...[this.#accepted, this.#refused].map(({ listed }) => listed.at(-1)?.id ?? 0));
  }

  get size(): number {
    return this.#accepted.listed.length + this.#refused.listed.length;
  }

  get bytes(): number {
    return this.#accepted.bytes + this.#refused.bytes;
  }

  /**
   * Keeps a delivery. One whose thread last said exactly the same is a redelivery (the sender did not hear our answer,
   * or repeats itself): it is counted at the first one and not shown again.
   *
   * @throws Error of the file system when it could not be written; the sender must then be told to come again.
   */
  accept(draft: Draft): { readonly listed: Listed; readonly repeated: boolean } {
    const latest = this.#accepted.latest(draft.thread);
    if (latest !== undefined && latest.digest === draft.digest && latest.state === draft.state) {
      latest.deliveries += 1;
      return { listed: latest, repeated: true };
    }
    const listed = this.#accepted.add({
      ...draft,
      ...this.#stamp(),
      // An acknowledge or a resolve need not repeat what the thread is about.
      summary: clip(draft.summary ?? latest?.summary ?? "(no summary)", SUMMARY_LENGTH),
      service: draft.service ?? latest?.service ?? null,
      slo: draft.slo ?? latest?.slo ?? null,
      tier: draft.tier ?? latest?.tier ?? null,
      alertname: draft.alertname ?? latest?.alertname ?? null,
      reason: null,
    });
    return { listed, repeated: false };
  }

  /** Keeps the fact that a delivery was refused, with the start of its body. @throws Error of the file system. */
  refuse({ channel, reason, sample }: Refusal): void {
    const raw = clip(sample, REFUSED_SAMPLE);
    this.#refused.add({
      ...this.#stamp(),
      channel,
      state: "refused",
      summary: clip(reason, SUMMARY_LENGTH),
      reason: clip(reason, SUMMARY_LENGTH),
      alertname: null,
      service: null,
      slo: null,
      tier: null,
      severity: null,
      links: [],
      dedup_key: null,
      thread: digestOf("refused", channel),
      digest: digestOf(raw),
      raw,
    });
  }

  /** @returns what the query asks for, newest first. */
  list({ channel, refused, since, before = Number.POSITIVE_INFINITY, limit }: ListQuery): Listed[] {
    const found: Listed[] = [];
    const earliest = since?.toISOString() ?? "";
    for (const listed of this.#newestFirst()) {
      if (found.length === limit) break;
      if (
        listed.received_at < earliest ||
        listed.id >= before ||
        (channel !== undefined && listed.channel !== channel)
      )
        continue;
      if (refused === undefined || (listed.state === "refused") === refused) found.push(listed);
    }
    return found;
  }

  /** @returns what the list knows of one notification; undefined when there is none with that id, or no more. */
  find(id: number): Listed | undefined {
    const withId = (listed: Listed): boolean => listed.id === id;
    return this.#accepted.listed.find(withId) ?? this.#refused.listed.find(withId);
  }

  /** @returns the whole of a notification; undefined when it is no longer kept. */
  load(listed: Listed): Promise<Notification | undefined> {
    return (listed.state === "refused" ? this.#refused : this.#accepted).load(listed);
  }

  /** @returns the newest notification of each remembered thread of a channel, in no order. */
  latest(channel: Channel): Listed[] {
    return this.#accepted.threads().filter((listed) => listed.channel === channel);
  }

  /** @returns every remembered notification of a thread, oldest first. */
  thread(thread: string): Listed[] {
    return this.#accepted.listed.filter((listed) => listed.thread === thread);
  }

  close(): void {
    this.#accepted.close();
    this.#refused.close();
  }

  #stamp(): { id: number; received_at: string } {
    this.#lastId += 1;
    return { id: this.#lastId, received_at: this.#now().toISOString() };
  }

  /** Both stores are in the order of their ids, so one walk from their ends merges them. */
  *#newestFirst(): Generator<Listed> {
    const [a, b] = [this.#accepted.listed, this.#refused.listed];
    for (let i = a.length - 1, j = b.length - 1; i >= 0 || j >= 0;) {
      const [accepted, refused] = [a[i], b[j]];
      if (accepted !== undefined && (refused === undefined || accepted.id > refused.id)) {
        yield accepted;
        i -= 1;
      } else if (refused !== undefined) {
        yield refused;
        j -= 1;
      }
    }
  }
}
