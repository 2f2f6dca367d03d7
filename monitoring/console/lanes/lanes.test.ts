import { describe, expect, it } from "vitest";
import { ticksOf } from "./axis.ts";
import { lanesChart } from "./lanes.ts";
import type { Chart } from "./lanes.ts";

const NOON = Date.parse("2026-11-21T12:00:00Z");
const chart: Chart = {
  label: "What happened",
  from: NOON,
  to: NOON + 100_000,
  now: NOON + 80_000,
  lanes: [
    {
      name: "Fault <script>",
      spans: [{ from: NOON + 10_000, to: null, tone: "warn", words: "errors, still on" }],
      marks: [
        { at: NOON + 25_000, kind: "predicted", tone: "bad", words: "predicted crossing" },
        { at: NOON + 900_000, kind: "heard", tone: "bad", words: "far away" },
      ],
    },
    {
      name: "Share",
      line: {
        points: [
          [NOON, 0],
          [NOON + 50_000, 2],
          [NOON + 100_000, 1],
        ],
        max: 2,
        maxWords: "2 %",
        words: "up to 2 %",
      },
    },
  ],
};

describe("lanes", () => {
  it("place what happened on the axis, and leave out what is beyond it", async () => {
    const drawn = String(await lanesChart(chart));
    // An open span ends at the present.
    expect(drawn).toMatch(/class="span warn\s*"\s+x="10.000%"\s+y="8"\s+width="70.000%"/);
    expect(drawn).toMatch(/class="mark predicted bad" x1="25.000%"/);
    expect(drawn).not.toContain("<title>far away");
    expect(drawn).toContain("M0.0 71.0 L500.0 1.0 L1000.0 36.0");
  });

  it("say all of it in words, and escape them", async () => {
    const drawn = String(await lanesChart(chart));
    expect(drawn).toContain(
      'aria-label="Fault &lt;script&gt;: errors, still on; predicted crossing; far away"',
    );
    expect(drawn).toContain('aria-label="Share: up to 2 %"');
    expect(drawn).not.toContain("<script>");
    expect(drawn).not.toMatch(/style=/);
  });

  it("leave a gap where there were no samples, and draw no more points than can be seen", async () => {
    const points = Array.from(
      { length: 5000 },
      (_, n) => [NOON + n * 10 + (n > 2500 ? 20_000 : 0), 1] as const,
    );
    const line = { points, max: 1, maxWords: "1", words: "" };
    const drawn = String(await lanesChart({ ...chart, lanes: [{ name: "x", line }] }));
    const outline = /class="outline"\s+d="([^"]*)"/.exec(drawn)?.[1] ?? "";
    expect(outline.split("M")).toHaveLength(3);
    expect(outline.split("L").length).toBeLessThan(620);
  });
});

describe("the axis", () => {
  const words = (seconds: number): string[] => ticksOf(NOON, NOON + seconds * 1000).map(({ words }) => words);

  it("has round moments, and seconds only where they matter", () => {
    expect(words(60)).toEqual(["12:00:00", "12:00:15", "12:00:30", "12:00:45", "12:01:00"]);
    expect(words(1500)).toEqual(["12:00", "12:05", "12:10", "12:15", "12:20", "12:25"]);
  });

  it("has days over a month", () => {
    expect(words(30 * 86_400)).toEqual(["23 Nov", "3 Dec", "13 Dec"]);
  });
});
