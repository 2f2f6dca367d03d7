import { describe, expect, it } from "vitest";
import { describeReport } from "./report.ts";
import { measured, uncrossed } from "./testing.ts";

describe("the tables of bench:page", () => {
  it("set ours beside the others", () => {
    const scaled = measured(
      { ours: 2, pyrra: undefined },
      {
        batch: "slow-burns",
        timeScale: 60,
        due: { tier: "page-fast", crosses: 437.5, historySeconds: 180, badShare: 0.01 },
        crossed: { by: "count", tier: "page-slow", crosses: 423.4, within: 2 },
      },
    );
    const text = describeReport({ measurements: [measured({}), scaled], falsePages: [] });
    expect(`\n${text}`).toMatchInlineSnapshot(`
      "
      batch           fault             SLO                 traffic  tier       forecast      crosses     page     late  sloth's   pyrra's
      outages         order outage 503  order-availability    180 s  page-slow     1.2 s        1.2 s   13.5 s  +12.3 s  +20.1 s  +150.2 s
      slow-burns ×60  order outage 503  order-availability    180 s  page-slow   437.5 s  423.4 s ±2*  425.4 s   +2.0 s  +20.1 s      none

      Seconds from the crossing by arithmetic to the page at the console (*: counted from the events that came, by scrape):
                                  pages    least   median     95 %     most
      ours, real scale           1 of 1   12.3 s   12.3 s   12.3 s   12.3 s
      sloth's shape, real scale  1 of 1   20.1 s   20.1 s   20.1 s   20.1 s
      pyrra's shape, real scale  1 of 1  150.2 s  150.2 s  150.2 s  150.2 s
      ours, time ×60             1 of 1    2.0 s    2.0 s    2.0 s    2.0 s
      sloth's shape, time ×60    1 of 1   20.1 s   20.1 s   20.1 s   20.1 s
      pyrra's shape, time ×60    0 of 1     none     none     none     none

      False pages: 0. Missed: 0. Nothing crossed: 0. Kinds of incident: 1."
    `);
  });

  it("have a row for an incident by which nothing crossed, and count it in nothing else", () => {
    const text = describeReport({
      measurements: [measured({ ours: undefined }), uncrossed(), uncrossed({ ours: 441.25 })],
      falsePages: [],
    });
    expect(`\n${text}`).toMatchInlineSnapshot(`
      "
      batch           fault             SLO                 traffic  tier       forecast          crosses     page  late  sloth's   pyrra's
      outages         order outage 503  order-availability    180 s  page-slow     1.2 s            1.2 s     none  none  +20.1 s  +150.2 s
      slow-burns ×30  user errors 1%    user-availability     180 s  -           437.5 s  nothing crossed     none     -        -         -
      slow-burns ×30  user errors 1%    user-availability     180 s  -           437.5 s  nothing crossed  441.3 s     -        -         -

      Seconds from the crossing by arithmetic to the page at the console (*: counted from the events that came, by scrape):
                                  pages    least   median     95 %     most
      ours, real scale           0 of 1     none     none     none     none
      sloth's shape, real scale  1 of 1   20.1 s   20.1 s   20.1 s   20.1 s
      pyrra's shape, real scale  1 of 1  150.2 s  150.2 s  150.2 s  150.2 s
      ours, time ×30             0 of 0     none     none     none     none
      sloth's shape, time ×30    0 of 0     none     none     none     none
      pyrra's shape, time ×30    0 of 0     none     none     none     none

      False pages: 0. Missed: 1. Nothing crossed: 2. Kinds of incident: 1."
    `);
  });
});
