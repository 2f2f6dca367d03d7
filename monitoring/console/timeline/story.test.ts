import { describe, expect, it } from "vitest";
import { crossing, episode, notice } from "./testing.ts";
import { firstHeard, isSettled, pageDue, storiesOf } from "./story.ts";

const at = (seconds: number): number => Date.parse("2026-11-21T12:00:00Z") + seconds * 1000;

describe("an incident's story", () => {
  it("joins faults that overlap, and those of one service that follow at once", () => {
    const faults = [
      episode({ id: "1", service: "payment", startedAt: at(0), endedAt: at(60) }),
      episode({ id: "2", service: "user", startedAt: at(30), endedAt: at(90) }),
      episode({ id: "3", service: "user", startedAt: at(200), endedAt: at(260) }),
      episode({ id: "4", service: "order", startedAt: at(400), endedAt: null }),
      episode({ id: "5", service: "order", startedAt: at(2000), endedAt: null }),
    ];
    const stories = storiesOf(faults, [], 1).map(({ faults }) => faults.map(({ id }) => id));
    expect(stories).toEqual([
      ["4", "5"],
      ["1", "2", "3"],
    ]);
    // An hour is a minute there: 110 s after the end is another incident.
    expect(storiesOf(faults.slice(0, 3), [], 60)).toHaveLength(2);
  });

  it("takes what is received of the broken service and of its callers, until it is resolved", () => {
    const story = storiesOf(
      [episode({ service: "payment", startedAt: at(0), endedAt: at(120) })],
      [
        notice({ id: 1, at: at(-5), service: "payment", severity: "warning" }),
        notice({ id: 2, at: at(70), service: "payment" }),
        notice({ id: 3, at: at(71), service: "payment", channel: "slack", thread: "slack" }),
        notice({ id: 4, at: at(80), service: "order", thread: "order" }),
        notice({ id: 5, at: at(80), service: "user", thread: "user" }),
        notice({ id: 6, at: at(9000), service: "payment", state: "resolved" }),
      ],
      1,
    );
    expect(story.map(({ id, notices }) => [id, notices.map(({ id }) => id)])).toEqual([
      ["page.5", [5]],
      [`payment.fault-1.${at(0)}`, [2, 3, 4, 6]],
    ]);
    const [, own] = story;
    expect(own && firstHeard(own, "firing").map(({ channel, id }) => [channel, id])).toEqual([
      ["pagerduty", 2],
      ["slack", 3],
    ]);
    expect(own && isSettled(own)).toBe(false);
  });

  it("is settled when everybody who was told has been told the end", () => {
    const fault = episode({ service: "user", startedAt: at(0), endedAt: at(100) });
    const firing = notice({ id: 1, at: at(60), service: "user" });
    const resolved = notice({ id: 2, at: at(400), service: "user", state: "resolved" });
    const settled = (notices: Parameters<typeof storiesOf>[1], change = {}): boolean[] =>
      storiesOf([{ ...fault, ...change }], notices, 1).map(isSettled);
    expect([settled([]), settled([firing]), settled([firing, resolved])]).toEqual([[true], [false], [true]]);
    expect(settled([firing, resolved], { endedAt: null })).toEqual([false]);
  });

  it("is due for a page when the first paging tier crosses, if the fault lasted so long", () => {
    const crossings = [
      crossing({ tier: "page-slow", at: at(130) }),
      crossing({ tier: "page-fast", at: at(52) }),
      crossing({ tier: "ticket-slow", severity: "warning", at: at(40) }),
    ];
    const due = (endedAt: number | null): string | undefined => {
      const [story] = storiesOf([episode({ crossings, startedAt: at(0), endedAt })], [], 1);
      return story && pageDue(story)?.tier;
    };
    expect([due(null), due(at(60)), due(at(50))]).toEqual(["page-fast", "page-fast", undefined]);
  });

  it("keeps the crossing of a page that came before it was due, though the fault was undone by then", () => {
    const undone = episode({
      startedAt: at(0),
      endedAt: at(45),
      crossings: [crossing(), crossing({ tier: "page-slow" })],
    });
    const told = (notices: Parameters<typeof storiesOf>[1]) =>
      storiesOf([undone], notices, 1).map(({ crossings }) => crossings.map(({ tier }) => tier));
    expect(told([])).toEqual([[]]);
    expect(told([notice({ at: at(40) })])).toEqual([["page-fast"]]);
  });

  it("begins with a page that nobody caused, and ends when that is resolved", () => {
    const firing = notice({ id: 7, at: at(0), service: "order" });
    const resolved = notice({ id: 8, at: at(600), service: "order", state: "resolved" });
    expect(storiesOf([], [firing, resolved], 1)).toMatchObject([
      { id: "page.7", faults: [], startedAt: at(0), endedAt: at(600) },
    ]);
    expect(storiesOf([], [notice({ id: 9, at: at(0), service: "order", severity: "warning" })], 1)).toEqual(
      [],
    );
  });
});
