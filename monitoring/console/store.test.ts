import { appendFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { LIST_SUMMARY_LENGTH } from "./limits.ts";
import type { Notification } from "./notification.ts";
import { Store } from "./store.ts";
import { temporaryDirectory } from "./testing.ts";

let directory: string;
let problems: string[];

beforeEach(() => {
  directory = temporaryDirectory();
  problems = [];
});

const roomy = { count: 100, bytes: 1_000_000, segmentBytes: 4000 };
const open = (limits: typeof roomy = roomy): Store =>
  new Store({ directory, name: "inbox", limits, onProblem: (problem) => problems.push(problem) });
const ids = (store: Store): number[] => store.listed.map(({ id }) => id);

function notification(id: number, changes: Partial<Notification> = {}): Notification {
  return {
    id,
    received_at: "2026-11-21T12:00:00.000Z",
    channel: "slack",
    state: "firing",
    summary: `number ${id}`,
    alertname: null,
    service: "order",
    slo: null,
    tier: null,
    severity: null,
    links: [],
    dedup_key: null,
    thread: `thread ${id}`,
    digest: "d",
    reason: null,
    raw: '{"text":"hi"}',
    ...changes,
  };
}

describe("a store", () => {
  it("keeps the whole of a notification on disk and the list in memory", async () => {
    const store = open();
    const whole = notification(1, { summary: "x".repeat(1000), raw: "y".repeat(3000) });
    const listed = store.add(whole);
    expect(listed.summary).toHaveLength(LIST_SUMMARY_LENGTH);
    expect(listed).not.toHaveProperty("raw");
    expect(await store.load(listed)).toEqual(whole);
  });

  it("is the same after the program was killed", async () => {
    const before = open();
    before.add(notification(1));
    before.add(notification(2, { thread: "t" }));
    const after = open();
    expect(after.listed).toEqual(before.listed);
    expect(after.latest("t")?.id).toBe(2);
    expect(await Promise.all(after.listed.map((listed) => after.load(listed)))).toEqual([
      notification(1),
      notification(2, { thread: "t" }),
    ]);
    expect(problems).toEqual([]);
  });

  it("skips what is damaged, and says where", () => {
    open().add(notification(1));
    appendFileSync(path.join(directory, "inbox-000001.jsonl"), 'not json\n{"id":2}\n{"to');
    expect(ids(open())).toEqual([1]);
    expect(problems).toEqual([
      "skipped a damaged line of 8 bytes in inbox segment 1",
      "skipped a damaged line of 8 bytes in inbox segment 1",
      `skipped 4 bytes of an unfinished last line in ${path.join(directory, "inbox-000001.jsonl")}`,
    ]);
  });
});

describe("the bounds of a store", () => {
  it("let the oldest go when there are too many", async () => {
    const store = open({ ...roomy, count: 3 });
    const [first] = [1, 2, 3, 4, 5].map((id) => store.add(notification(id)));
    expect(ids(store)).toEqual([3, 4, 5]);
    expect(store.latest("thread 1")).toBeUndefined();
    expect(store.latest("thread 5")?.id).toBe(5);
    expect(first && (await store.load(first))?.id).toBe(1);
  });

  it("let the oldest go when they are too large, file by file", async () => {
    const store = open({ count: 100, bytes: 10_000, segmentBytes: 2000 });
    const all = Array.from({ length: 20 }, (_, n) =>
      store.add(notification(n + 1, { raw: "z".repeat(1500) })),
    );
    expect(store.bytes).toBeLessThanOrEqual(10_000);
    expect(readdirSync(directory).length).toBeLessThanOrEqual(6);
    expect(ids(store).at(-1)).toBe(20);
    for (const listed of store.listed) expect((await store.load(listed))?.id).toBe(listed.id);
    expect(all[0] && (await store.load(all[0]))).toBeUndefined();
  });

  it("keep the newest even when it alone is too large", () => {
    const store = open({ count: 100, bytes: 100, segmentBytes: 50 });
    store.add(notification(1));
    store.add(notification(2));
    expect(ids(store)).toEqual([2]);
  });

  it("hold for what an earlier run with wider ones left", () => {
    const before = open();
    for (const id of [1, 2, 3, 4]) before.add(notification(id));
    expect(ids(open({ ...roomy, count: 2 }))).toEqual([3, 4]);
  });
});
