/** The part of Grafana's schema that the console draws too, as README.md lists it. */
import type { Finding } from "./layout.ts";
import type { Panel } from "./shape.ts";

const panelTypes = "row timeseries stat gauge bargauge table heatmap state-timeline logs text".split(" ");
const transformations = ["merge", "organize", "sortBy"];
const reducers = ["lastNotNull"];
const units = "percentunit short none s bytes reqps ops currencyUSD currencyEUR currencyGBP".split(" ");
const matchers = ["byName", "byRegexp"];
const properties =
  "color custom.lineStyle unit decimals thresholds mappings links custom.width custom.cellOptions".split(" ");

/** What a panel uses that the console cannot draw. */
export function checkSubset(panels: readonly Panel[]): Finding[] {
  return panels.flatMap((panel) => {
    const { fieldConfig, options } = panel;
    const own = fieldConfig.overrides.flatMap((override) => override.properties);
    const used: readonly (readonly [what: string, names: readonly unknown[], allowed: readonly string[]])[] =
      [
        ["panel type", [panel.type], panelTypes],
        ["transformation", panel.transformations.map(({ id }) => id), transformations],
        ["reducer", options.reduceOptions?.calcs ?? [], reducers],
        ["matcher", fieldConfig.overrides.map(({ matcher }) => matcher.id), matchers],
        ["override", own.map(({ id }) => id), properties],
        [
          "unit",
          [
            fieldConfig.defaults.unit ?? "none",
            ...own.filter(({ id }) => id === "unit").map(({ value }) => value),
          ],
          units,
        ],
      ];
    return used.flatMap(([what, names, allowed]) =>
      names
        .map(String)
        .filter((name) => !allowed.includes(name) && !(what === "unit" && name.startsWith("suffix:")))
        .map((name) => ({
          panel: panel.title,
          message: `uses the ${what} ${name}, which the console does not draw. Use ${allowed.join(", ")}`,
        })),
    );
  });
}
