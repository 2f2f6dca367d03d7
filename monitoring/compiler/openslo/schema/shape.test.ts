import { describe, expect, it } from "vitest";
import { problemsOf } from "../../testdata/fixture.ts";

describe("shapes", () => {
  it("tells every wrong type, value, name and missing field of an object at once", () => {
    expect(problemsOf("bad/shapes.yaml")).toEqual([
      'error bad/shapes.yaml:4:9: metadata.name: got "shop availability", want at most 63 lower-case letters, digits and dashes, with a letter or digit at both ends. Rename it; the text that people read goes into displayName. [bad-name]',
      "error bad/shapes.yaml:6:11: metadata.labels.team: got 7, want text or a list of texts. Put numbers and booleans in quotes. [bad-format]",
      'error bad/shapes.yaml:7:5: metadata.labels["-x"]: got "-x", want at most 63 letters, digits, dots, dashes and underscores, with a letter or digit at both ends. Rename the label. [bad-format]',
      'error bad/shapes.yaml:9:34: metadata.annotations["burnrate.dev/minimum-events"]: got 100, want text. Put it in quotes. [bad-type]',
      "error bad/shapes.yaml:11:3: spec.service: this field is required and missing. Add it. [missing-field]",
      "error bad/shapes.yaml:12:3: spec.description: got a list, want text. Write a single text. [bad-type]",
      'error bad/shapes.yaml:13:14: spec.indicator: got "shop-requests", want a map of fields. Write its fields below it, indented. [bad-type]',
      'error bad/shapes.yaml:14:20: spec.budgetingMethod: got "Occurences", want Occurrences, Timeslices or RatioTimeslices. Did you mean "Occurrences"? [bad-value]',
      "error bad/shapes.yaml:15:3: spec.timeWindow: got a map, want a list. Put a dash and a space before each item. [bad-type]",
      'error bad/shapes.yaml:18:15: spec.objectives[0].target: got "0.999", want a number. Write a plain number, without quotes or units. [bad-type]',
      'error bad/shapes.yaml:19:24: spec.objectives[0].timeSliceWindow: got "1 minute", want a whole number and one of m h d w M Q Y, such as 30d. m is minutes and M is months; write one number and one letter without a space. [bad-format]',
      'error bad/shapes.yaml:20:11: spec.objectives[0].op: got "less", want lte, gte, lt or gt. Choose one of them. [bad-value]',
      "error bad/shapes.yaml:22:23: spec.alertPolicies[0].alertPolicyRef: got 3, want text. Put it in quotes. [bad-type]",
      "error bad/shapes.yaml:23:7: spec.alertPolicies[0].alertWhenBreaching: there is no such field here. Remove it; known here: alertPolicyRef, kind, metadata, spec. [unknown-field]",
      "error bad/shapes.yaml:29:1: spec.connectionDetails: this field is required and missing. Add it. [missing-field]",
    ]);
  });
});
