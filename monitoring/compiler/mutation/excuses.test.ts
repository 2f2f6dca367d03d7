import { expect, it } from "vitest";
import { judge, readExcuses } from "./excuses.ts";
import type { Candidate } from "./hunt.ts";

function candidate(rule: string, change: string): Candidate {
  return { rule, mutant: { kind: "window", expr: "x", change } };
}

const excuse = { rule: "A", change: "1m → 2m at 3", reason: "nothing is that old when it is looked at" };

it("explains a survivor that is listed, and no other", () => {
  const survivors = [candidate("A", "1m → 2m at 3"), candidate("B", "1m → 2m at 3")];
  const { explained, unexplained, stale } = judge(survivors, survivors, [excuse], true);
  expect(explained.map(({ rule, reason }) => [rule, reason])).toEqual([["A", excuse.reason]]);
  expect(unexplained.map(({ rule }) => rule)).toEqual(["B"]);
  expect(stale).toEqual([]);
});

it("tells of an entry whose mutant is noticed by now", () => {
  expect(judge([], [candidate("A", "1m → 2m at 3")], [excuse], false).stale).toEqual([excuse]);
});

it("judges an entry about a mutant that was not tried only when all were", () => {
  expect(judge([], [candidate("B", "x → y at 0")], [excuse], false).stale).toEqual([]);
  expect(judge([], [candidate("B", "x → y at 0")], [excuse], true).stale).toEqual([excuse]);
});

it("reads the committed list", () => {
  expect(readExcuses().length).toBeGreaterThan(0);
});
