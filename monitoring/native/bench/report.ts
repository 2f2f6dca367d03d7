import { shapes } from "./pages.ts";
import { hasCrossed, isMissed, kindsOf, latenesses, percentile } from "./verdict.ts";
import type { BenchReport } from "./verdict.ts";

/** Tells a run as tables: every incident, then percentiles by whose rules. */
export function describeReport(report: BenchReport): string {
  const { measurements, falsePages } = report;
  const head = [
    "batch",
    "fault",
    "SLO",
    "traffic",
    "tier",
    "forecast",
    "crosses",
    "page",
    "late",
    "sloth's",
    "pyrra's",
  ];
  const rows = measurements.map(({ batch, timeScale, fault, slo, due, crossed, paged, late }) => [
    timeScale === 1 ? batch : `${batch} ×${timeScale}`,
    fault,
    slo,
    `${Math.round(due.historySeconds)} s`,
    crossed === "nothing crossed" ? "-" : crossed.tier,
    seconds(due.crosses),
    crossed === "nothing crossed"
      ? crossed
      : `${seconds(crossed.crosses)}${crossed.by === "count" ? ` ±${crossed.within.toFixed(0)}*` : ""}`,
    seconds(paged.ours),
    ...shapes.map((shape) => (crossed === "nothing crossed" ? "-" : signed(late[shape]))),
  ]);
  const crossed = measurements.filter(hasCrossed);
  const scales = [...new Set(measurements.map(({ timeScale }) => timeScale))];
  const summary = scales.flatMap((scale) => {
    const some = crossed.filter(({ timeScale }) => timeScale === scale);
    return shapes.map((shape) => {
      const values = latenesses(some, shape);
      const at = (percent: number): string => seconds(percentile(values, percent));
      const name = shape === "ours" ? "ours" : `${shape}'s shape`;
      return [
        `${name}, ${scale === 1 ? "real scale" : `time ×${scale}`}`,
        `${values.length} of ${some.length}`,
        at(0),
        at(50),
        at(95),
        at(100),
      ];
    });
  });
  return [
    table([head, ...rows]),
    "",
    "Seconds from the crossing by arithmetic to the page at the console (*: counted from the events that came, by scrape):",
    table([["", "pages", "least", "median", "95 %", "most"], ...summary]),
    "",
    `False pages: ${falsePages.length}. Missed: ${measurements.filter(isMissed).length}. ` +
      `Nothing crossed: ${measurements.length - crossed.length}. Kinds of incident: ${kindsOf(crossed)}.`,
  ].join("\n");
}

function seconds(value: number | undefined): string {
  return value === undefined ? "none" : `${value.toFixed(1)} s`;
}

function signed(value: number | undefined): string {
  return value === undefined ? "none" : `${value < 0 ? "" : "+"}${value.toFixed(1)} s`;
}

/** Columns side by side; the first three to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  const isText = (column: number): boolean =>
    !rows.slice(1).every((row) => /^[-+\d]|^none|^nothing/.test(row[column] ?? ""));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          isText(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
