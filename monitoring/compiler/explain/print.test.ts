import { describe, expect, it } from "vitest";
import type { Slo } from "../model.ts";
import { loadSlos } from "../openslo/load.ts";
import { slosOf } from "../testdata/fixture.ts";
import { explainSlo } from "./explain.ts";
import { printExplanation } from "./print.ts";

/** In the third week of February 2026. */
const now = Date.parse("2026-02-17T00:00:00Z") / 1000;

function print(slo: Slo | undefined): string {
  if (slo === undefined) throw new Error("no such SLO");
  return printExplanation(explainSlo(slo, now));
}

describe("printExplanation", () => {
  it("prints the table of 99.9 % over 30 days to the digit", () => {
    const order = loadSlos(["monitoring/slo/order.yaml"]).slos.find(
      ({ name }) => name === "order-availability",
    );
    expect(print(order)).toMatchInlineSnapshot(`
      "order-availability (service order, monitoring/slo/order.yaml:40)
        99.9 % good over 30d, rolling, counted by events
        Error budget 0.1 %: 43.2 min of full outage, or 1,000 of 1,000,000 events

        tier         severity  windows     burn rate  errors    budget gone  budget lasts
        page-fast    critical  1h and 5m   > 14.4     > 1.44 %  2 %          50 h
        page-slow    critical  6h and 30m  > 6        > 0.6 %   5 %          5 d
        ticket-fast  warning   1d and 2h   > 3        > 0.3 %   10 %         10 d
        ticket-slow  warning   3d and 6h   > 1        > 0.1 %   10 %         30 d

        fires after  100 %    10 %      5 %        1 %      0.5 %
        page-fast    51.84 s  8.64 min  17.28 min  never    never
        page-slow    129.6 s  21.6 min  43.2 min   216 min  never
        ticket-fast  259.2 s  43.2 min  86.4 min   7.2 h    14.4 h
        ticket-slow  259.2 s  43.2 min  86.4 min   7.2 h    14.4 h

        clears after  100 %       10 %       5 %        1 %      0.5 %    100 %, without the short window
        page-fast     295.68 s    256.8 s    213.6 s    -        -        59.1 min
        page-slow     29.82 min   28.2 min   26.4 min   12 min   -        5.96 h
        ticket-fast   119.64 min  116.4 min  112.8 min  84 min   48 min   23.93 h
        ticket-slow   359.64 min  356.4 min  352.8 min  324 min  288 min  71.93 h

        page-fast never fires at 1 % and 0.5 %: that is not above its threshold of 1.44 %.
        page-slow never fires at 0.5 %: that is not above its threshold of 0.6 %."
    `);
  });

  it("counts slices, by the length of the present calendar period", () => {
    expect(print(slosOf("good/budgeting.yaml")["by-slices"])).toMatchInlineSnapshot(`
      "by-slices (service shop, monitoring/compiler/testdata/good/budgeting.yaml:35)
        99.95 % good over 1w by the calendar of America/New_York, counted by good slices of time
        This period: 2026-02-14 12:00:00 to 2026-02-21 12:00:00, 7 d; the burn rates of the alerts suppose 7 d
        Error budget 0.05 %: 5.04 min of full outage, or 5.04 of 10,080 slices: 5 bad ones pass, 6 fail

        tier    severity  windows    burn rate  bad slices  budget gone  budget lasts
        page    critical  1h and 5m  > 13.44    > 0.672 %   8 %          12.5 h
        ticket  warning   1d and 2h  > 1.4      > 0.07 %    20 %         5 d

        fires after  100 %  10 %   5 %    1 %    0.5 %
        page         60 s   60 s   never  never  never
        ticket       120 s  120 s  never  never  never

        clears after  100 %    10 %     5 %  1 %  0.5 %  100 %, without the short window
        page          5 min    5 min    -    -    -      1 h
        ticket        120 min  120 min  -    -    -      23.98 h

        page never fires at 5 %, 1 % and 0.5 %: slices with so few errors are good.
        ticket never fires at 5 %, 1 % and 0.5 %: slices with so few errors are good."
    `);
  });

  it("says that February's budget is smaller", () => {
    expect(print(slosOf("good/budgeting.yaml")["by-month"]).split("\n").slice(1, 3)).toMatchInlineSnapshot(`
      [
        "  99.9 % good over 1M by the calendar of UTC, counted by events",
        "  This period: 2026-02-01 00:00:00 to 2026-03-01 00:00:00, 28 d; the burn rates of the alerts suppose 30 d",
      ]
    `);
  });

  it("says why a tier can never fire", () => {
    expect(print(slosOf("bad/tier-never-fires.yaml")["shop-availability"])).toMatchInlineSnapshot(`
      "shop-availability (service shop, monitoring/compiler/testdata/bad/tier-never-fires.yaml:13)
        90 % good over 30d, rolling, counted by events
        Error budget 10 %: 3 d of full outage, or 100,000 of 1,000,000 events

        tier         severity  windows     burn rate  errors   budget gone  budget lasts
        page-fast    critical  1h and 5m   > 14.4     > 144 %  2 %          50 h
        page-slow    critical  6h and 30m  > 6        > 60 %   5 %          5 d
        ticket-fast  warning   1d and 2h   > 3        > 30 %   10 %         10 d
        ticket-slow  warning   3d and 6h   > 1        > 10 %   10 %         30 d

        fires after  100 %    10 %   5 %    1 %    0.5 %
        page-fast    never    never  never  never  never
        page-slow    216 min  never  never  never  never
        ticket-fast  7.2 h    never  never  never  never
        ticket-slow  7.2 h    never  never  never  never

        clears after  100 %    10 %  5 %  1 %  0.5 %  100 %, without the short window
        page-fast     -        -     -    -    -      -
        page-slow     12 min   -     -    -    -      2.4 h
        ticket-fast   84 min   -     -    -    -      16.8 h
        ticket-slow   324 min  -     -    -    -      64.8 h

        page-fast can never fire: that takes a burn rate above 14.4, so a target above 93.0556 %.
        page-slow never fires at 10 %, 5 %, 1 % and 0.5 %: that is not above its threshold of 60 %.
        ticket-fast never fires at 10 %, 5 %, 1 % and 0.5 %: that is not above its threshold of 30 %.
        ticket-slow never fires at 10 %, 5 %, 1 % and 0.5 %: that is not above its threshold of 10 %."
    `);
  });

  it("says that no alert is asked for", () => {
    const slo = slosOf("good/budgeting.yaml")["by-month"];
    const silent = slo && { ...slo, alerting: { ...slo.alerting, tiers: [] } };
    expect(print(silent)).toMatchInlineSnapshot(`
      "by-month (service shop, monitoring/compiler/testdata/good/budgeting.yaml:102)
        99.9 % good over 1M by the calendar of UTC, counted by events
        This period: 2026-02-01 00:00:00 to 2026-03-01 00:00:00, 28 d; the burn rates of the alerts suppose 30 d
        Error budget 0.1 %: 40.32 min of full outage, or 1,000 of 1,000,000 events

        No burn-rate alert is asked for."
    `);
  });
});

describe("explainSlo", () => {
  it("gives machines the same numbers", () => {
    const slo = slosOf("good/indicators.yaml")["bad-and-total"];
    expect(slo && explainSlo(slo, now).tiers[0]).toMatchInlineSnapshot(`
      {
        "budgetSpentAtDetection": 0.02,
        "canFire": true,
        "exhaustionSeconds": 180000,
        "factor": 14.4,
        "longSeconds": 3600,
        "lowestReachableTarget": 0.930555555556,
        "name": "page-fast",
        "severity": "critical",
        "shortSeconds": 300,
        "threshold": 0.144,
        "trials": [
          {
            "clearsAfterSeconds": 256.8,
            "clearsAfterSecondsWithoutShortWindow": 3081.6,
            "errorRatio": 1,
            "firesAfterSeconds": 518.4,
          },
          {
            "clearsAfterSeconds": null,
            "clearsAfterSecondsWithoutShortWindow": null,
            "errorRatio": 0.1,
            "firesAfterSeconds": null,
          },
          {
            "clearsAfterSeconds": null,
            "clearsAfterSecondsWithoutShortWindow": null,
            "errorRatio": 0.05,
            "firesAfterSeconds": null,
          },
          {
            "clearsAfterSeconds": null,
            "clearsAfterSecondsWithoutShortWindow": null,
            "errorRatio": 0.01,
            "firesAfterSeconds": null,
          },
          {
            "clearsAfterSeconds": null,
            "clearsAfterSecondsWithoutShortWindow": null,
            "errorRatio": 0.005,
            "firesAfterSeconds": null,
          },
        ],
      }
    `);
  });
});
