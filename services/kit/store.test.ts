import { describe, expect, it } from "vitest";
import { createStore } from "./store.ts";

const record = (number: number) => ({ id: `r-${number}` });
const ids = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id);

describe("the store", () => {
  it("lists the newest first, and the seeds last", () => {
    const store = createStore({ capacity: 3, seeds: [record(100), record(99)] });
    for (const number of [1, 2]) store.add(record(number));
    const { records, total } = store.list({ limit: 10, offset: 0 });
    expect(ids(records)).toEqual(["r-2", "r-1", "r-100", "r-99"]);
    expect(total).toBe(4);
  });

  it("forgets the oldest beyond its capacity, but never a seed", () => {
    const store = createStore({ capacity: 3, seeds: [record(100)] });
    for (let number = 1; number <= 8; number += 1) store.add(record(number));
    expect(ids(store.list({ limit: 10, offset: 0 }).records)).toEqual(["r-8", "r-7", "r-6", "r-100"]);
    expect(store.get("r-5")).toBeUndefined();
    expect(store.get("r-6")).toEqual(record(6));
    expect(store.get("r-100")).toEqual(record(100));
  });

  it("gives a page, also across the seam between records and seeds, and past the end", () => {
    const store = createStore({ capacity: 3, seeds: [record(100), record(99)] });
    for (let number = 1; number <= 4; number += 1) store.add(record(number));
    expect(ids(store.list({ limit: 2, offset: 2 }).records)).toEqual(["r-2", "r-100"]);
    expect(store.list({ limit: 2, offset: 5 })).toEqual({ records: [], total: 5 });
  });
});
