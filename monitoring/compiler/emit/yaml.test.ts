import { expect, it } from "vitest";
import { parse } from "yaml";
import { printYaml } from "./yaml.ts";

it("prints maps, lists and text in the order given, and leaves out what is undefined", () => {
  expect(printYaml({ b: "one", a: [{ x: 1, y: undefined, z: true }, "two"], c: {}, d: [] })).toBe(
    "b: one\na:\n  - x: 1\n    z: true\n  - two\nc: {}\nd: []\n",
  );
});

it("keeps the lines of PromQL", () => {
  expect(printYaml({ expr: "a\nor\nb" })).toBe("expr: |-\n  a\n  or\n  b\n");
});

it.each([
  "sum(rate(x{a=\"b\",c!='d'}[5m])) > 0.1",
  "5m",
  "14.4",
  "true",
  "No",
  "~",
  "a: b",
  "a #b",
  "'quoted'",
  '"quoted"',
  " leading",
  "trailing ",
  "colon:",
  "- item",
  "",
  "a\n\nb",
  "a\n  b\n c",
  "a\n",
  " a\nb",
  "tab\there",
  "bell\u0007",
  "\u2028",
  "{{ $value }}",
  "%directive",
  "<<",
  "1e3",
  "0x1f",
  "2026-01-01",
  "ünïcode",
])("gives %j back to a YAML parser, as a value and as a key", (text) => {
  expect(parse(printYaml({ [text]: [text] }))).toEqual({ [text]: [text] });
});
