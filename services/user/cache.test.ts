import { describe, expect, it } from "vitest";
import { createCache } from "./cache.ts";

function cache() {
  let time = 0;
  const created = createCache<number>({ capacity: 2, timeToLive: 1000, now: () => time });
  return { cache: created, advance: (milliseconds: number) => void (time += milliseconds) };
}

describe("the cache", () => {
  it("forgets an entry when it is too old, even if it was used meanwhile", () => {
    const { cache: entries, advance } = cache();
    entries.set("a", 1);
    advance(999);
    expect(entries.get("a")).toBe(1);
    advance(1);
    expect(entries.get("a")).toBeUndefined();
  });

  it("makes room by forgetting what was used least recently", () => {
    const { cache: entries } = cache();
    entries.set("a", 1);
    entries.set("b", 2);
    entries.get("a");
    entries.set("c", 3);
    expect([entries.get("a"), entries.get("b"), entries.get("c")]).toEqual([1, undefined, 3]);
  });

  it("replaces a value, and starts its time again", () => {
    const { cache: entries, advance } = cache();
    entries.set("a", 1);
    advance(900);
    entries.set("a", 2);
    advance(900);
    expect(entries.get("a")).toBe(2);
  });
});
