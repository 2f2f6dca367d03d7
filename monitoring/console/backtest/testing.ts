import type { BacktestReport } from "../../backtest/report/report.ts";

/** A small backtest: two policies, two incidents of which one stayed within its budget, and a false page. */
export const report: BacktestReport = {
  from: "2026-11-01T00:00:00.000Z",
  to: "2026-11-08T00:00:00.000Z",
  stepSeconds: 60,
  timeScale: 1,
  policies: [
    { name: "burnrate", summary: "the SLO's own tiers" },
    { name: "threshold", summary: "a plain threshold" },
  ],
  slos: [
    {
      service: "order",
      slo: "order-availability",
      sli: "availability",
      target: 0.999,
      bad: 36_000,
      total: 60_486_000,
      dataFrom: "2026-11-01T00:00:00.000Z",
    },
  ],
  firings: [
    firing(
      "burnrate",
      "page-fast",
      "page",
      "2026-11-05T10:05:00.000Z",
      "2026-11-05T10:35:00.000Z",
      "bad-deploy",
    ),
    firing("burnrate", "ticket-slow", "ticket", "2026-11-05T10:22:00.000Z", null, "bad-deploy"),
    firing("threshold", "over", "page", "2026-11-05T10:06:00.000Z", "2026-11-05T10:35:00.000Z", "bad-deploy"),
    firing("threshold", "over", "page", "2026-11-06T12:08:00.000Z", "2026-11-06T12:15:00.000Z", null),
  ],
  incidents: [
    incident("bad-deploy", "2026-11-05T10:00:00Z", "2026-11-05T10:30:00Z", 200),
    incident("<script>alert(1)</script>", "2026-11-07T10:00:00Z", "2026-11-07T11:00:00Z", 0.5),
  ],
  detections: [
    {
      policy: "burnrate",
      incident: "bad-deploy",
      page: { slo: "order-availability", alert: "page-fast", afterSeconds: 300, budgetSpent: 0.023 },
      ticket: null,
      resetSeconds: 300,
    },
    { policy: "threshold", incident: "bad-deploy", page: null, ticket: null, resetSeconds: null },
  ],
  qualities: [quality("burnrate", 1, 0), quality("threshold", 2, 1)],
  notes: ["data of the user service begins late"],
  cost: { seconds: 3.2, requests: 18, points: 65_008, windowBytes: 691_232 },
};

function firing(
  policy: string,
  alert: string,
  severity: "page" | "ticket",
  start: string,
  end: string | null,
  incident: string | null,
): BacktestReport["firings"][number] {
  const seconds = (Date.parse(end ?? "2026-11-08T00:00:00Z") - Date.parse(start)) / 1000;
  const slo = { service: "order", slo: "order-availability", sli: "availability" };
  return {
    policy,
    ...slo,
    alert,
    severity,
    start,
    end,
    seconds,
    sinceBefore: false,
    budgetSpent: 0.02,
    incident,
  };
}

function incident(
  name: string,
  start: string,
  end: string,
  burnRate: number,
): BacktestReport["incidents"][number] {
  const about = { service: "order", sli: ["availability"], kind: "errors", description: "A bad release." };
  return { name, ...about, start, end, burnRate };
}

function quality(policy: string, pages: number, falsePages: number): BacktestReport["qualities"][number] {
  return {
    policy,
    pages,
    falsePages,
    falseSeconds: falsePages * 420,
    precision: (pages - falsePages) / pages,
    recall: 1,
    found: 1,
    paged: 1,
    detectionSeconds: 300,
    resetSeconds: 300,
    budgetSpent: 0.023,
    tickets: 0,
    ticketsApart: 0,
  };
}
