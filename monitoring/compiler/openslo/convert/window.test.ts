import { describe, expect, it } from "vitest";
import { located, problemsOf, slosOf } from "../../testdata/fixture.ts";
import { loadSlos } from "../load.ts";

describe("time windows", () => {
  it("tells what is wrong with each window", () => {
    expect(problemsOf("bad/windows.yaml")).toEqual([
      "error bad/windows.yaml:9:3: spec.timeWindow: got 2 windows, want exactly one. Write one SLO for each window. [one-window]",
      "error bad/windows.yaml:26:7: spec.timeWindow[0]: the window is not rolling and has no calendar. Write isRolling: true, or calendar with startTime and timeZone. [rolling-or-calendar]",
      "error bad/windows.yaml:43:18: spec.timeWindow[0].isRolling: the window is rolling and has a calendar too. Write isRolling: true, or calendar with startTime and timeZone. [rolling-or-calendar]",
      "error bad/windows.yaml:56:17: spec.timeWindow[0].duration: a calendar has no period of 1m: m is minutes. Write 1M for months (the specification's own example has 1m). [calendar-unit]",
      'error bad/windows.yaml:75:19: spec.timeWindow[0].calendar.timeZone: got "America/New_Yrok", want a name of the IANA time zone database. Did you mean "America/New_York"? [bad-time-zone]',
      'error bad/windows.yaml:91:19: spec.timeWindow[0].calendar.timeZone: got "+01:00", want a name of the IANA time zone database. Write a name such as America/New_York or UTC. [bad-time-zone]',
      'error bad/windows.yaml:106:20: spec.timeWindow[0].calendar.startTime: got "2026-02-30 00:00:00", want a date and time such as 2026-01-31 00:00:00. Write it without a time zone; that one stands in timeZone. [bad-start-time]',
      'error bad/windows.yaml:122:20: spec.timeWindow[0].calendar.startTime: got "2026-02-01T00:00:00Z", want a date and time such as 2026-01-31 00:00:00. Write it without a time zone; that one stands in timeZone. [bad-start-time]',
      "error bad/windows.yaml:135:3: spec.timeWindow: every default tier looks back longer than 30m. Choose tiers for this window with the annotation burnrate.dev/tiers. [no-tier-fits]",
      "warning bad/windows.yaml:149:3: spec.timeWindow: 12h is too short for ticket-fast and ticket-slow, so no such alert is made. Choose tiers for this window with the annotation burnrate.dev/tiers. [default-tier-left-out]",
      "warning bad/windows.yaml:149:3: spec.timeWindow: over 12h the factor of page-fast and page-slow is below 1, so alerts come although the budget would last. Choose tiers for this window with the annotation burnrate.dev/tiers. [default-tier-too-eager]",
      "error bad/windows.yaml:164:17: spec.timeWindow[0].duration: window 1d3m: a window of a day or more must be a multiple of 4m. Choose the nearest such length. [window-length]",
    ]);
  });

  it("reads rolling and calendar windows, with the SDK's nominal lengths", () => {
    const slos = slosOf("good/budgeting.yaml");
    expect(slos["by-mean"]?.window).toEqual({ kind: "rolling", seconds: 14 * 86_400 });
    expect(slos["by-slices"]?.window).toEqual({
      kind: "calendar",
      count: 1,
      unit: "w",
      start: "2022-01-01 12:00:00",
      timeZone: "America/New_York",
      seconds: 7 * 86_400,
    });
    expect(slos["by-month"]?.window).toMatchObject({ count: 1, unit: "M", seconds: 30 * 86_400 });
  });

  it("measures the window against the retention that it is told", () => {
    const file = located("bad/window-above-retention.yaml");
    const ids = (days: number): string[] =>
      loadSlos([file], { retentionSeconds: days * 86_400 }).problems.map(
        ({ severity, id }) => `${severity} ${id}`,
      );
    expect(ids(89)).toEqual(["error window-above-retention"]);
    expect(ids(90)).toEqual(["warning retention-short"]);
    expect(ids(135)).toEqual([]);
  });
});
