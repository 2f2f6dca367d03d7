import { describe, expect, it } from "vitest";
import { problemsOf, slosOf } from "../../testdata/fixture.ts";

describe("objectives", () => {
  it("tells what is wrong with objectives, their indicators and their slices", () => {
    expect(problemsOf("bad/objectives.yaml")).toEqual([
      "error bad/objectives.yaml:12:3: spec.objectives: an SLO without an objective promises nothing. Add one, with a target. [no-objective]",
      'error bad/objectives.yaml:28:7: spec.objectives[1]: objectives 1 and 2 would both be recorded as "same-name-good". Give each a displayName of its own. [duplicate-objective]',
      'error bad/objectives.yaml:50:9: metadata.name: the SLO at bad/objectives.yaml:34 is recorded as "shop-fast" too. Rename one of them, or the objective. [duplicate-name]',
      "error bad/objectives.yaml:73:21: spec.objectives[0].indicatorRef: a composite SLO weighs several indicators into one budget, and OpenSLO v1 does not say how. Write one SLO for each indicator, with its target. [composite]",
      "error bad/objectives.yaml:82:1: spec: neither indicator nor indicatorRef is given. Write exactly one of the two. [one-indicator]",
      "error bad/objectives.yaml:104:24: spec.objectives[0].timeSliceTarget: timeSliceTarget means nothing with budgetingMethod Occurrences. Remove it, or choose another budgetingMethod. [slice-field]",
      "error bad/objectives.yaml:105:24: spec.objectives[0].timeSliceWindow: timeSliceWindow means nothing with budgetingMethod Occurrences. Remove it, or choose another budgetingMethod. [slice-field]",
      "error bad/objectives.yaml:119:7: spec.objectives[0].timeSliceWindow: Timeslices needs timeSliceWindow. Add timeSliceWindow. [missing-field]",
      "error bad/objectives.yaml:119:7: spec.objectives[0].timeSliceTarget: Timeslices needs timeSliceTarget. Add timeSliceTarget. [missing-field]",
      "error bad/objectives.yaml:134:24: spec.objectives[0].timeSliceTarget: a slice target of 0 makes every slice good, so no alert can ever fire. Write a share such as 0.95. [slice-target]",
      "error bad/objectives.yaml:138:24: spec.objectives[1].timeSliceTarget: got 95, want a share above 0 and up to 1. Write a share such as 0.95. [slice-target]",
      "error bad/objectives.yaml:153:15: spec.objectives[0].target: tier page-fast looks at 5m, less than one time slice of 10m. Shorten timeSliceWindow, or choose longer tiers with the annotation burnrate.dev/tiers. [tier-below-slice]",
      "error bad/objectives.yaml:171:24: spec.objectives[0].timeSliceWindow: a calendar window counts slices of at most 4m, for Prometheus looks back no further for one. Write 4m or less, or use a rolling window. [calendar-slice]",
    ]);
  });

  it("makes one SLO of each, named by its display name or its number", () => {
    const slos = slosOf("good/objectives.yaml");
    expect(Object.entries(slos).map(([name, { target }]) => [name, target])).toEqual([
      ["shop-latency-2", 0.99],
      ["shop-latency-most-of-it", 0.999],
      ["shop-latency-uber-9", 0.95],
    ]);
  });

  it("reads the three budgeting methods", () => {
    const slos = slosOf("good/budgeting.yaml");
    expect(slos["by-month"]?.budgeting).toEqual({ method: "Occurrences" });
    expect(slos["by-slices"]?.budgeting).toEqual({
      method: "Timeslices",
      sliceSeconds: 60,
      sliceTarget: 0.95,
    });
    expect(slos["by-mean"]?.budgeting).toEqual({ method: "RatioTimeslices", sliceSeconds: 120 });
  });
});
