import { describe, expect, it } from "vitest";
import { LineCounter, parseDocument } from "yaml";
import { ProblemLog } from "../problem.ts";
import { relate } from "./containment.ts";
import type { Relation } from "./containment.ts";
import { readCountQuery } from "./query.ts";
import type { CountQuery } from "./query.ts";

function read(query: string): CountQuery {
  const source = {
    file: "test",
    text: query,
    document: parseDocument(""),
    lines: new LineCounter(),
    broken: new Set<string>(),
  };
  const log = new ProblemLog();
  const found = readCountQuery({ value: query, path: [], source }, log);
  if (found === undefined) throw new Error(JSON.stringify(log.sorted()));
  return found;
}

function relation(part: string, whole: string): Relation {
  return relate(read(part), read(whole));
}

describe("relate", () => {
  it("sees that a part leaves open what the whole narrows", () => {
    expect(relation('a{code=~"2.."}', 'a{code=~"2..",job="x",path!="/health"}')).toEqual({
      kind: "exceeds",
      labels: ["job", "path"],
    });
  });

  it("sees it inside expressions of one shape", () => {
    expect(relation('sum(increase(a{code="200"}[$window]))', 'sum( increase(a{job="x"}[$window]) )')).toEqual(
      {
        kind: "exceeds",
        labels: ["job"],
      },
    );
  });

  it("compares a histogram's bucket with its count", () => {
    expect(relation('a_bucket{le="0.5"}', 'a_count{job="x"}')).toEqual({ kind: "exceeds", labels: ["job"] });
    expect(relation('a_bucket{le="0.5",job="x"}', 'a_count{job="x"}')).toEqual({ kind: "unknown" });
  });

  it("sees that both are the same, in whatever order", () => {
    expect(relation('a{x="1",y="2"}', "a{y='2', x=`1`}")).toEqual({ kind: "same" });
  });

  it("trusts a label that both narrow, for only Prometheus knows its values", () => {
    expect(relation('sum(a{code=~"2xx|3xx"})', 'a{code="total"}')).toEqual({ kind: "unknown" });
  });

  it("does not take a label's mere presence for a narrowing", () => {
    expect(relation('a{code="200"}', 'a{job!="",path=~".+"}')).toEqual({ kind: "unknown" });
  });

  it("says nothing of different metrics", () => {
    expect(relation("good", 'total{job="x"}')).toEqual({ kind: "unknown" });
  });
});
