import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { dashboardSchema } from "./check/shape.ts";
import { dashboardFiles } from "./dashboards.ts";
import { readLab } from "./lab.ts";

const lintSchema = z.object({
  exclusions: z.object({
    "panel-units-rule": z.object({
      entries: z.array(z.object({ dashboard: z.string(), panel: z.string() })),
    }),
  }),
});

/** The kinds of panels whose units dashboard-linter looks at; those with value mappings it leaves alone. */
const linted = new Set(["stat", "timeseries", "gauge"]);

it("dashboard-linter is told of exactly the panels with a unit that it does not know", () => {
  const { exclusions } = lintSchema.parse(parse(readFileSync(new URL(".lint", import.meta.url), "utf8")));
  const custom = dashboardFiles(readLab())
    .map(({ content }) => dashboardSchema.parse(JSON.parse(content)))
    .flatMap(({ title, panels }) =>
      panels
        .filter(
          ({ type, fieldConfig }) => linted.has(type) && fieldConfig.defaults.unit?.startsWith("suffix:"),
        )
        .map((panel) => ({ dashboard: title, panel: panel.title })),
    );
  expect(exclusions["panel-units-rule"].entries).toEqual(custom);
});
