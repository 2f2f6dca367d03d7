import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { dashboardJson } from "../testing.ts";
import { DashboardFileError, readDashboard } from "./read.ts";

const read = (panels: readonly unknown[], more: Readonly<Record<string, unknown>> = {}) =>
  readDashboard(JSON.stringify(dashboardJson(panels, more)));
const stat = { type: "stat", title: "A", targets: [{ expr: "up" }] };

function problemsOf(text: string): readonly string[] {
  try {
    readDashboard(text);
  } catch (error) {
    if (error instanceof DashboardFileError) return error.problems;
    throw error;
  }
  return [];
}

const generated = path.resolve(import.meta.dirname, "../../../generated/dashboards");
it.each(readdirSync(generated).filter((name) => name.endsWith(".json")))("draws all of %s", (name) => {
  const { notDrawn, panels } = readDashboard(readFileSync(path.join(generated, name), "utf8"));
  expect(notDrawn).toEqual([]);
  expect(panels.filter((panel) => panel.type === "foreign")).toEqual([]);
  expect(panels.length).toBeGreaterThan(5);
});

describe("what is unknown is left out and named", () => {
  it("a key, an option, an override's property and an override's matcher", () => {
    const override = {
      matcher: { id: "byName", options: "A" },
      properties: [
        { id: "unit", value: "s" },
        { id: "custom.sparkle", value: true },
      ],
    };
    const strange = { matcher: { id: "byMoon", options: 1 }, properties: [] };
    const { notDrawn, panels } = read(
      [
        {
          ...stat,
          sparkle: 1,
          options: { glitter: true, graphMode: "none" },
          fieldConfig: { defaults: { custom: { shimmer: 1 } }, overrides: [override, strange] },
        },
      ],
      { shine: {} },
    );
    expect(notDrawn.toSorted()).toEqual(
      [
        'panels[0].fieldConfig.overrides[0].properties[1].id ("custom.sparkle")',
        'panels[0].fieldConfig.overrides[1].matcher.id ("byMoon")',
        "panels[0].fieldConfig.defaults.custom.shimmer",
        "panels[0].options.glitter",
        "panels[0].sparkle",
        "shine",
      ].toSorted(),
    );
    const [panel] = panels;
    expect(panel?.type === "stat" && panel.fieldConfig.overrides).toHaveLength(1);
  });

  it("a panel of a type that only Grafana draws, which keeps its title and its query", () => {
    const [panel] = read([
      { type: "piechart", title: "Pie", options: { pieType: "donut" }, targets: [{ expr: "up" }] },
    ]).panels;
    expect(panel).toMatchObject({ type: "foreign", was: "piechart", title: "Pie" });
  });
});

describe("what is broken is refused with its place", () => {
  it.each([
    ["{", /^it is not JSON: /],
    ["[]", /^got JSON that is no object, want a dashboard$/],
    ['{"apiVersion":"v2","spec":{}}', /^got a dashboard as a Kubernetes resource/],
    [JSON.stringify({ uid: "a b", title: "A" }), /^uid: want letters, digits, - and _, 40 at most$/],
    [JSON.stringify({ uid: "a" }), /^title: /],
    [
      JSON.stringify(dashboardJson([{ ...stat, targets: [{ expr: 5 }] }])),
      /^panels\[0\]\.targets\[0\]\.expr: /,
    ],
    [
      JSON.stringify(dashboardJson([{ ...stat, gridPos: { x: 30, y: 0, w: 1, h: 1 } }])),
      /^panels\[0\]\.gridPos\.x: /,
    ],
    [JSON.stringify(dashboardJson([{ title: "no type" }])), /^panels\[0\]\.type: /],
    [
      JSON.stringify(dashboardJson([{ type: "heatmap", options: { calculate: true } }])),
      /^panels\[0\]\.options\.calculate: want false: the console draws buckets that Prometheus counted$/,
    ],
  ])("%s", (text, problem) => {
    const [first] = problemsOf(text);
    expect(first).toMatch(problem);
  });
});

it("gives panels without an id, and with one that is taken, a number of their own", () => {
  const { panels } = read([stat, { ...stat, id: 7 }, { ...stat, id: 7 }, { type: "row", panels: [stat] }]);
  const all = panels.flatMap((panel) => (panel.type === "row" ? [panel, panel.panels].flat() : [panel]));
  const ids = all.map(({ id }) => id);
  expect(new Set(ids).size).toBe(5);
  expect(ids[1]).toBe(7);
});
