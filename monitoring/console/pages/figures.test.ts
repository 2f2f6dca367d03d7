import { describe, expect, it } from "vitest";
import type { Html } from "./html.ts";
import type { TierReading } from "../overview/slo-row.ts";
import { budgetBar, tierChip, tierWords } from "./figures.ts";

const tier: TierReading = {
  name: "page-fast",
  severity: "critical",
  factor: 14.4,
  longWindow: "1h",
  shortWindow: "5m",
  longBurn: 7.2,
  shortBurn: 10,
  share: 0.5,
  alert: "quiet",
};
const textOf = async (svg: Html): Promise<string> => (await svg).toString();
const fillOf = async (svg: Html) =>
  /class="fill"\s+x="([\d.]+)"\s+y="[\d.]+"\s+width="([\d.]+)"/
    .exec(await textOf(svg))
    ?.slice(1)
    .map(Number);

describe("the budget bar", () => {
  it("grows to the right of zero with what is left", async () => {
    expect(await fillOf(budgetBar(1))).toEqual([48, 96]);
    expect(await fillOf(budgetBar(0.5))).toEqual([48, 48]);
  });

  it("grows to the left of zero with a deficit, up to its edge", async () => {
    expect(await fillOf(budgetBar(-0.25))).toEqual([24, 24]);
    expect(await fillOf(budgetBar(-5))).toEqual([0, 48]);
    expect(await textOf(budgetBar(-5))).toContain('<path class="track"');
    expect(await textOf(budgetBar(-0.25))).not.toContain('<path class="track"');
  });

  it("is not drawn while nothing is known", async () => {
    expect(await textOf(budgetBar(null))).toBe("");
  });
});

describe("a tier's chip", () => {
  it("says in words what it shows", async () => {
    expect(tierWords(tier)).toBe(
      "14.4×, 1h and 5m windows: burning 7.2× and 10×, 50 % of the threshold, quiet",
    );
    expect(tierWords({ ...tier, share: null })).toBe("14.4×, 1h and 5m windows: not known yet, quiet");
    expect(await textOf(tierChip(tier))).toContain(`aria-label="${tierWords(tier)}"`);
  });

  it("has a ring only when its alert fires", async () => {
    expect(await textOf(tierChip({ ...tier, alert: "firing" }))).toContain('class="ring"');
    expect(await textOf(tierChip({ ...tier, alert: "pending" }))).not.toContain('class="ring"');
  });
});
