import { describe, expect, it } from "vitest";
import { factsFrom, readTitle, safeUrl } from "./facts.ts";
import { FIELD_LENGTH, MAX_LINKS } from "./limits.ts";

describe("factsFrom", () => {
  it("finds facts under the names that templates give them", () => {
    const facts = factsFrom([
      ["Alert", "ErrorBudgetBurnRateCritical"],
      ["Service", " order "],
      ["SLO", "order-availability"],
      ["Slo-Tier", "page-fast"],
      ["Severity", "critical"],
      ["Runbook URL", "https://runbooks.example/burn"],
    ]);
    expect(facts).toEqual({
      alertname: "ErrorBudgetBurnRateCritical",
      service: "order",
      slo: "order-availability",
      tier: "page-fast",
      severity: "critical",
      links: [{ text: "Runbook", href: "https://runbooks.example/burn" }],
    });
  });

  it("says null for what is empty, missing or no text", () => {
    expect(
      factsFrom([
        ["service", "  "],
        ["slo", { isEscaped: true }],
        ["severity", null],
      ]),
    ).toEqual({
      alertname: null,
      service: null,
      slo: null,
      tier: null,
      severity: null,
      links: [],
    });
  });

  it("keeps facts short and links few, without repeats", () => {
    const links = Array.from({ length: 40 }, (_, n) => ({
      text: `link ${n}`,
      href: `https://a.example/${n % 20}`,
    }));
    const facts = factsFrom([["service", "x".repeat(5000)]], links);
    expect(facts.service).toHaveLength(FIELD_LENGTH);
    expect(facts.links).toHaveLength(MAX_LINKS);
    expect(new Set(facts.links.map(({ href }) => href)).size).toBe(MAX_LINKS);
  });
});

describe("safeUrl", () => {
  it("lets http and https through, in their normal form", () => {
    expect(safeUrl(" https://a.example/x?y=1#z ")).toBe("https://a.example/x?y=1#z");
    expect(safeUrl('http://a.example/"><script>')).toBe("http://a.example/%22%3E%3Cscript%3E");
  });

  it("refuses everything else", () => {
    const hostile = [
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "data:text/html,x",
      "//a.example",
      "/inbox",
      "",
    ];
    expect(
      [...hostile, "https://user:secret@a.example/", `https://a.example/${"x".repeat(3000)}`].map(safeUrl),
    ).toEqual(Array.from({ length: 8 }, () => null));
  });
});

describe("readTitle", () => {
  it("reads the state that Alertmanager puts first", () => {
    expect(readTitle("[FIRING:2] order burns")).toEqual({ state: "firing", rest: "order burns" });
    expect(readTitle("[RESOLVED] order burns")).toEqual({ state: "resolved", rest: "order burns" });
  });

  it("takes any other title as a message", () => {
    expect(readTitle(" Deploy [FIRING:1] ")).toEqual({ state: "message", rest: "Deploy [FIRING:1]" });
  });
});
