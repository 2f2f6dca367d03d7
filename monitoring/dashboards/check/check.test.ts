import { beforeAll, describe, expect, it } from "vitest";
import { dashboardFiles } from "../dashboards.ts";
import { readLab } from "../lab.ts";
import { checkDashboard } from "./check.ts";
import { foreignMetrics } from "./foreign-metrics.ts";
import { readKnown } from "./known.ts";
import type { Known } from "./queries.ts";

const files = dashboardFiles(readLab());
let known: Known;

beforeAll(async () => {
  known = await readKnown();
});

describe("the dashboards", () => {
  it.each(files.map(({ path, content }) => [path, content]))("%s would mislead nobody", (_path, content) => {
    expect(checkDashboard(JSON.parse(content), known)).toEqual([]);
  });

  it("need every metric of others that is listed", () => {
    const text = files.map(({ content }) => content).join("\n");
    const names = foreignMetrics.flatMap((each) => each.names);
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });
});

describe("a broken dashboard is refused", () => {
  const panel = {
    id: 1,
    type: "timeseries",
    title: "Requests",
    description: "Look.",
    gridPos: { x: 0, y: 0, w: 12, h: 8 },
    targets: [
      {
        refId: "A",
        datasource: { type: "prometheus", uid: "prometheus" },
        expr: "sum(rate(http_requests_total[$__rate_interval]))",
      },
    ],
    fieldConfig: { defaults: { unit: "reqps" }, overrides: [] },
  };
  const check = (...panels: unknown[]): string[] =>
    checkDashboard(
      {
        uid: "broken",
        title: "Broken",
        time: { from: "now-1h", to: "now" },
        templating: { list: [] },
        annotations: { list: [] },
        panels,
      },
      known,
    );
  const asking = (expr: string, datasource = { type: "prometheus", uid: "prometheus" }) => ({
    ...panel,
    targets: [{ refId: "A", datasource, expr }],
  });

  it("and a sound one is not", () => {
    expect(check(panel)).toEqual([]);
  });

  it("for panels that overlap", () => {
    expect(check(panel, { ...panel, id: 2, title: "Errors", gridPos: { x: 11, y: 7, w: 12, h: 8 } })).toEqual(
      [
        'broken, "Errors": lies over the panel "Requests". Let the widths of each line of panels add up to 24.',
      ],
    );
  });

  it("for a panel beside the grid", () => {
    expect(check({ ...panel, gridPos: { x: 16, y: 0, w: 12, h: 8 } })).toEqual([
      'broken, "Requests": columns 16 to 28 do not fit on the grid of 24. Make it narrower.',
    ]);
  });

  it("for a missing title, description or unit", () => {
    expect(check({ ...panel, title: "", description: "", fieldConfig: {} })).toEqual([
      'broken, "panel 1": has no title. Say what it shows.',
      'broken, "panel 1": has no description. Say what to do with it.',
      'broken, "panel 1": has no unit. Name one of Grafana\'s; none where there is none.',
    ]);
  });

  it("for a data source that nobody provisions", () => {
    expect(check(asking("up", { type: "prometheus", uid: "P1809F7CD0C75ACF3" }))).toEqual([
      'broken, "Requests": query A asks the data source "P1809F7CD0C75ACF3" (prometheus), which nobody provisions. ' +
        "There are prometheus (prometheus), loki (loki), alertmanager (alertmanager).",
    ]);
  });

  it("for PromQL and LogQL that do not parse", () => {
    expect(check(asking("sum(up"))).toEqual([
      'broken, "Requests": query A is not PromQL at "its end". Try it in Explore.',
    ]);
    expect(check(asking('{service="order"} |~ )', { type: "loki", uid: "loki" }))).toEqual([
      'broken, "Requests": query A is not LogQL at ")". Try it in Explore.',
    ]);
  });

  it("for a metric that nobody exports", () => {
    expect(check(asking("sum(http_request_total)"))).toEqual([
      'broken, "Requests": query A reads http_request_total, which nobody exports. Export it, or add it to ' +
        "check/foreign-metrics.ts with a reason.",
    ]);
  });

  it("for a rate over fewer than four scrapes", () => {
    expect(check(asking("rate(http_requests_total[15s])"))).toEqual([
      'broken, "Requests": query A takes rate of http_requests_total over 15s, less than 4 scrapes (20s). ' +
        "Use $__rate_interval.",
    ]);
    expect(check(asking("increase(loadgen_dropped_starts_total[$__interval])"))).toEqual([
      'broken, "Requests": query A takes increase of loadgen_dropped_starts_total over 15s, less than 4 scrapes (1m). ' +
        "Use $__rate_interval.",
    ]);
  });

  it("for a variable that the dashboard does not have", () => {
    expect(check(asking('up{service="$servcie"}'))).toEqual([
      'broken, "Requests": query A uses $servcie, which is no variable of this dashboard. Add the variable or correct ' +
        "the name.",
    ]);
  });

  it("for a panel without a query", () => {
    expect(check({ ...panel, targets: [] })).toEqual([
      'broken, "Requests": has no query. Add one, or make it a text panel.',
    ]);
  });

  it("for what the console cannot draw", () => {
    expect(check({ ...panel, type: "piechart" })).toEqual([
      'broken, "Requests": uses the panel type piechart, which the console does not draw. Use row, timeseries, stat, ' +
        "gauge, bargauge, table, heatmap, state-timeline, logs, text.",
    ]);
  });
});
