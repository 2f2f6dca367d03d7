import { describe, expect, it } from "vitest";
import { isScalar, parseDocument } from "yaml";
import type { Scalar } from "yaml";
import { offsetInSource } from "./scalar-offset.ts";

/** The source from where the marked character of the value stands. */
function rest(source: string, mark: string): string {
  const scalar = parseDocument(source).get("q", true);
  if (!isScalar(scalar)) throw new Error("not a scalar");
  const text = scalar as Scalar<string>;
  return source.slice(offsetInSource(source, text, text.value.indexOf(mark)));
}

describe("offsetInSource", () => {
  it("counts from the start of a plain text", () => {
    expect(rest("q: a + b # c\n", "b")).toBe("b # c\n");
  });

  it("crosses the lines of a plain text", () => {
    expect(rest("q: a\n   + b\n", "b")).toBe("b\n");
  });

  it("counts a doubled single quote once", () => {
    expect(rest("q: 'a{x=''y''} + b'\n", "b")).toBe("b'\n");
  });

  it("counts an escape once", () => {
    expect(rest('q: "a{x=\\"y\\"} \\n\\u002b b"\n', "b")).toBe('b"\n');
  });

  it("skips a block's header and its indentation", () => {
    expect(rest("q: |2-\n    a\n    + b\n", "b")).toBe("b\n");
  });

  it("crosses the lines of a folded block", () => {
    expect(rest("q: >-\n  a\n  + b\nr: 1\n", "b")).toBe("b\nr: 1\n");
  });

  it("points behind the last character for the end of the value", () => {
    const source = "q: a + \nr: 1\n";
    const scalar = parseDocument(source).get("q", true) as Scalar<string>;
    expect(source.slice(offsetInSource(source, scalar, scalar.value.length))).toBe(" \nr: 1\n");
  });
});
