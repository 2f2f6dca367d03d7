import type { Measurement } from "./follow.ts";
import { shapes, type Shape } from "./pages.ts";

/** The promise of acceptance: this much after the crossing, at the 95th percentile. Seconds. */
export const PROMISE = { percentile: 95, seconds: 25 } as const;

/** What a run of the benchmark gave. */
export interface BenchReport {
  readonly measurements: readonly Measurement[];
  readonly falsePages: readonly string[];
  /** What kept a batch from being measured, a sentence each. @default nothing did */
  readonly failures?: readonly string[];
}

/** The nearest-rank percentile: the smallest value that so many percent do not exceed. Undefined for no values. */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

/**
 * Judges a run.
 *
 * @returns what is wrong, a sentence each; nothing when every page came, none early, none false, and in time.
 */
export function problemsOf({ measurements, falsePages, failures = [] }: BenchReport): string[] {
  const problems = [...failures, ...falsePages.map((page) => `paged without an incident: ${page}`)];
  for (const { slo, fault, batch, late } of measurements) {
    const name = `${batch}, ${fault}, ${slo}`;
    if (late.ours === undefined) problems.push(`${name}: no page came`);
    else if (late.ours < 0) problems.push(`${name}: paged ${(-late.ours).toFixed(2)} s before the crossing`);
  }
  const real = measurements.filter(({ timeScale }) => timeScale === 1);
  for (const [of, some] of [
    ["real scale", real],
    ["all incidents", measurements],
  ] as const) {
    const ours = percentile(latenesses(some, "ours"), PROMISE.percentile);
    if (ours !== undefined && ours > PROMISE.seconds)
      problems.push(
        `${of}: ${ours.toFixed(2)} s after the crossing at the ${PROMISE.percentile}th percentile, want ${PROMISE.seconds}`,
      );
  }
  // Where time runs faster, every group is evaluated once a second, whoever's it is: only real scale tells them apart.
  for (const shape of ["sloth", "pyrra"] as const) {
    const slower = mean(real.map((each) => ahead(each, shape)));
    if (slower !== undefined && slower <= 0)
      problems.push(`real scale: ${shape}'s shape was as fast as ours`);
  }
  return problems;
}

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
  const rows = measurements.map(({ batch, timeScale, fault, slo, due, crossed, late }) => [
    timeScale === 1 ? batch : `${batch} ×${timeScale}`,
    fault,
    slo,
    `${Math.round(due.historySeconds)} s`,
    crossed.tier,
    seconds(due.crosses),
    `${seconds(crossed.crosses)}${crossed.by === "count" ? "*" : ""}`,
    seconds(late.ours === undefined ? undefined : crossed.crosses + late.ours),
    ...shapes.map((shape) => signed(late[shape])),
  ]);
  const scales = [...new Set(measurements.map(({ timeScale }) => timeScale))];
  const summary = scales.flatMap((scale) => {
    const some = measurements.filter(({ timeScale }) => timeScale === scale);
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
    "Seconds from the crossing by arithmetic to the page at the console (*: counted from the events that came):",
    table([["", "pages", "least", "median", "95 %", "most"], ...summary]),
    "",
    `False pages: ${falsePages.length}. Missed: ${measurements.filter(({ late }) => late.ours === undefined).length}. ` +
      `Kinds of incident: ${new Set(measurements.map(({ kind }) => kind)).size}.`,
  ].join("\n");
}

function latenesses(measurements: readonly Measurement[], shape: Shape): number[] {
  return measurements.flatMap(({ late }) => late[shape] ?? []);
}

/** How much later another shape paged than ours; nothing where one of both did not. */
function ahead({ late }: Measurement, shape: Shape): number | undefined {
  const [ours, theirs] = [late.ours, late[shape]];
  return ours === undefined || theirs === undefined ? undefined : theirs - ours;
}

function mean(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
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
    !rows.slice(1).every((row) => /^[-+\d]|^none/.test(row[column] ?? ""));
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
