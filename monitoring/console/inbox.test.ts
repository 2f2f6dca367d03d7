import { describe, expect, it } from "vitest";
import { Inbox } from "./inbox.ts";
import type { ListQuery } from "./inbox.ts";
import { refusalLimits } from "./limits.ts";
import type { Draft } from "./notification.ts";
import { temporaryDirectory } from "./testing.ts";

function draft(changes: Partial<Draft> = {}): Draft {
  return {
    channel: "pagerduty",
    state: "firing",
    summary: "order burns",
    alertname: "ErrorBudgetBurnRateCritical",
    service: "order",
    slo: "order-availability",
    tier: "page-fast",
    severity: "critical",
    links: [],
    dedup_key: "k",
    thread: "order",
    digest: "firing",
    raw: "{}",
    ...changes,
  };
}

function openInbox(directory = temporaryDirectory()) {
  let seconds = 0;
  const now = () => new Date(Date.parse("2026-11-21T12:00:00Z") + 1000 * seconds++);
  const inbox = new Inbox({ directory, onProblem: () => undefined, now });
  const list = (query: Partial<ListQuery> = {}) =>
    inbox.list({ limit: 100, ...query }).map(({ id, state }) => `${id} ${state}`);
  return { inbox, list, directory };
}

const refusal = { channel: "slack", kind: "malformed", reason: "no_text", sample: "{}" } as const;

describe("a redelivery", () => {
  it("shows once, however often it comes", () => {
    const { inbox, list } = openInbox();
    const results = [1, 2, 3].map(() => inbox.accept(draft()));
    expect(results.map(({ repeated }) => repeated)).toEqual([false, true, true]);
    expect(list()).toEqual(["1 firing"]);
    expect(inbox.find(1)?.deliveries).toBe(3);
  });

  it("is recognised across a kill of the console", () => {
    const { inbox, directory } = openInbox();
    inbox.accept(draft());
    const again = openInbox(directory);
    expect(again.inbox.accept(draft()).repeated).toBe(true);
    expect(again.list()).toEqual(["1 firing"]);
  });

  it("is told from the next incident, which says the same after a resolve", () => {
    const { inbox, list } = openInbox();
    inbox.accept(draft());
    inbox.accept(draft({ state: "resolved", digest: "resolved" }));
    inbox.accept(draft());
    expect(list()).toEqual(["3 firing", "2 resolved", "1 firing"]);
  });

  it("is told from the same words of another thread, and from other words of the same", () => {
    const { inbox, list } = openInbox();
    inbox.accept(draft());
    inbox.accept(draft({ thread: "payment" }));
    inbox.accept(draft({ digest: "changed" }));
    expect(list()).toHaveLength(3);
  });
});

describe("an acknowledge or a resolve", () => {
  it("takes over from its thread what it does not say itself", async () => {
    const { inbox } = openInbox();
    inbox.accept(draft());
    const silent = { summary: null, service: null, slo: null, tier: null, alertname: null };
    const { listed } = inbox.accept(draft({ ...silent, state: "acknowledged", digest: "ack" }));
    expect(await inbox.load(listed)).toMatchObject({
      summary: "order burns",
      service: "order",
      tier: "page-fast",
    });
  });

  it("has some summary even when nothing is known of its thread", () => {
    expect(openInbox().inbox.accept(draft({ summary: null })).listed.summary).toBe("(no summary)");
  });
});

describe("the list", () => {
  it("merges accepted and refused deliveries, newest first", () => {
    const { inbox, list } = openInbox();
    inbox.accept(draft());
    inbox.refuse(refusal);
    inbox.accept(draft({ thread: "payment" }));
    expect(list()).toEqual(["3 firing", "2 refused", "1 firing"]);
  });

  it("can be narrowed by channel, refusal, time, place and length", () => {
    const { inbox, list } = openInbox();
    inbox.accept(draft());
    inbox.accept(draft({ channel: "email", thread: "mail" }));
    inbox.refuse(refusal);
    inbox.accept(draft({ thread: "payment" }));
    expect(list({ channel: "pagerduty" })).toEqual(["4 firing", "1 firing"]);
    expect(list({ refused: true })).toEqual(["3 refused"]);
    expect(list({ refused: false, limit: 2 })).toEqual(["4 firing", "2 firing"]);
    expect(list({ since: new Date("2026-11-21T12:00:02Z") })).toEqual(["4 firing", "3 refused"]);
    expect(list({ before: 3 })).toEqual(["2 firing", "1 firing"]);
  });

  it("never gives an id twice, also not after a restart", () => {
    const { inbox, directory } = openInbox();
    inbox.accept(draft());
    inbox.refuse(refusal);
    const again = openInbox(directory);
    again.inbox.accept(draft({ thread: "payment" }));
    expect(again.list()).toEqual(["3 firing", "2 refused", "1 firing"]);
  });
});

describe("refusals", () => {
  it("are kept with their reason and the start of the body", async () => {
    const { inbox } = openInbox();
    inbox.refuse({ ...refusal, sample: "x".repeat(100_000) });
    const listed = inbox.find(1);
    const kept = listed && (await inbox.load(listed));
    expect(kept).toMatchObject({ state: "refused", channel: "slack", reason: "no_text", summary: "no_text" });
    expect(kept?.raw).toHaveLength(2000);
  });

  it("are bounded by themselves, so that a flood of them pushes out no page", () => {
    const { inbox, list } = openInbox();
    inbox.accept(draft());
    for (let n = 0; n < refusalLimits.count + 100; n += 1) inbox.refuse(refusal);
    expect(inbox.size).toBe(refusalLimits.count + 1);
    expect(list({ refused: false })).toEqual(["1 firing"]);
  });
});
