import { describe, expect, it } from "vitest";
import type { ActiveAlert } from "./prometheus.ts";
import { readSample } from "./series.ts";
import type { Reading } from "./series.ts";
import { sloRows } from "./slo-row.ts";

/** Recorded series of one SLO, by name. */
function readings(slo: string, series: Readonly<Record<string, number>>): Reading[] {
  const samples = Object.entries(series).map(([name, value]) => ({
    labels: { __name__: name, service: slo.split("-")[0] ?? "", slo },
    value,
  }));
  return samples.map(readSample).filter((reading) => reading !== undefined);
}

function alert(slo: string, tier: string, severity: string, state: ActiveAlert["state"]): ActiveAlert {
  const labels = { alertname: "Burn", service: slo.split("-")[0] ?? "", slo, slo_tier: tier, severity };
  return { labels, annotations: {}, state, activeAt: new Date(0) };
}

const payment = {
  "slo:objective:ratio": 0.999,
  "slo:availability:ratio_rate1d": 0.9999,
  "slo:availability:ratio_rate30d": 0.99847,
  "slo:error_budget:availability_remaining": -0.53,
  "slo:error_budget:availability_burn_rate5m": 7.2,
  "slo:error_budget:availability_burn_rate1h": 28.8,
  "slo:availability:bad:increase30d": 1530,
  "slo:availability:total:increase30d": 1_000_000,
};
const only = (series: Readonly<Record<string, number>>, alerts: ActiveAlert[] = [], timeScale = 1) => {
  const [row] = sloRows(readings("payment-availability", series), alerts, timeScale);
  if (row === undefined) throw new Error("no row");
  return row;
};

describe("a row", () => {
  it("joins what is recorded of one SLO", () => {
    expect(only(payment)).toMatchObject({
      service: "payment",
      slo: "payment-availability",
      sli: "availability",
      objective: 0.999,
      ratio: 0.99847,
      budgetLeft: -0.53,
      period: "30d",
      badEvents: 1530,
      totalEvents: 1_000_000,
      burnHour: 28.8,
      burn: [
        { window: "5m", rate: 7.2 },
        { window: "1h", rate: 28.8 },
      ],
    });
  });

  it("measures a tier by the smaller of its two windows", () => {
    const [fast, slow] = only(payment).tiers;
    expect(fast).toMatchObject({
      name: "page-fast",
      factor: 14.4,
      longBurn: 28.8,
      shortBurn: 7.2,
      share: 0.5,
    });
    expect(slow).toMatchObject({ name: "page-slow", factor: 6, longBurn: null, share: null });
  });

  it("computes the factors from the SLO's own period", () => {
    const month = only({
      "slo:availability:ratio_rate28d": 1,
      "slo:error_budget:availability_burn_rate1h": 1,
    });
    expect(month.period).toBe("28d");
    expect(month.tiers.map(({ factor }) => factor)).toEqual([13.44, 5.6, 2.8, 0.933333333333]);
  });

  it("has no data while nothing but the objective is recorded", () => {
    expect(only({ "slo:objective:ratio": 0.999 })).toMatchObject({
      state: "no data",
      ratio: null,
      budgetLeft: null,
    });
  });
});

describe("the time to exhaustion", () => {
  const left = (budget: number, burn: number, timeScale = 1) =>
    only(
      {
        "slo:availability:ratio_rate30d": 1,
        "slo:error_budget:availability_remaining": budget,
        "slo:error_budget:availability_burn_rate1h": burn,
      },
      [],
      timeScale,
    ).exhaustedInSeconds;

  it("is what is left, at the last hour's rate", () => {
    expect(left(0.5, 2)).toBe(7.5 * 86_400);
  });

  it("is in real seconds when time is scaled", () => {
    expect(left(0.5, 2, 60)).toBe((7.5 * 86_400) / 60);
  });

  it("is none while the budget lasts, and zero once it is spent", () => {
    expect(left(0.5, 1)).toBeNull();
    expect(left(0, 0)).toBe(0);
    expect(left(-1, 3)).toBe(0);
  });
});

describe("the state", () => {
  const stateWith = (...alerts: ActiveAlert[]) => only(payment, alerts).state;
  const slo = "payment-availability";

  it("is that of the SLO's worst alert", () => {
    expect(stateWith()).toBe("ok");
    expect(stateWith(alert(slo, "page-fast", "critical", "pending"))).toBe("pending");
    expect(stateWith(alert(slo, "ticket-slow", "warning", "firing"))).toBe("ticket");
    expect(
      stateWith(
        alert(slo, "ticket-slow", "warning", "firing"),
        alert(slo, "page-slow", "critical", "firing"),
      ),
    ).toBe("page");
  });

  it("is not moved by alerts of other SLOs", () => {
    expect(stateWith(alert("payment-latency", "page-fast", "critical", "firing"))).toBe("ok");
  });

  it("shows on the tier's chip, firing before pending", () => {
    const alerts = [
      alert(slo, "page-fast", "critical", "pending"),
      alert(slo, "page-fast", "critical", "firing"),
    ];
    expect(only(payment, alerts).tiers.map(({ alert }) => alert)).toEqual([
      "firing",
      "quiet",
      "quiet",
      "quiet",
    ]);
  });
});

it("puts the worst SLO first: by alert, then by budget, then by name", () => {
  const budget = (left: number) => ({
    "slo:availability:ratio_rate30d": 1,
    "slo:error_budget:availability_remaining": left,
  });
  const all = [
    ...readings("user-fine", budget(0.9)),
    ...readings("user-also", budget(0.9)),
    ...readings("payment-spent", budget(-0.5)),
    ...readings("order-paging", budget(0.8)),
    ...readings("order-blind", { "slo:objective:ratio": 0.999 }),
  ];
  const rows = sloRows(all, [alert("order-paging", "page-fast", "critical", "firing")], 1);
  expect(rows.map(({ slo }) => slo)).toEqual([
    "order-paging",
    "order-blind",
    "payment-spent",
    "user-also",
    "user-fine",
  ]);
});
