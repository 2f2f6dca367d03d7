import { parseDuration } from "../../../compiler/duration.ts";
import { reasonOf } from "../../fetch-bounded.ts";
import { colorOf } from "../display/colors.ts";
import type { Color } from "../display/colors.ts";
import { points, SCRAPE_INTERVAL, shown } from "../limits.ts";
import type { Annotation } from "../schema/dashboard.ts";
import { onGrid, stepFor } from "../time-range.ts";
import { interpolateQuery } from "../variables/interpolate.ts";
import type { Labels } from "./frame.ts";
import type { PageScope } from "./load.ts";
import { queryRange } from "./prometheus.ts";
import { kindOf, sourceFor } from "./sources.ts";
import type { Sources } from "./sources.ts";

/** Something that happened, from one time to another in Unix seconds. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly color: Color;
}

export interface Marks {
  /** By time. */
  readonly list: readonly Mark[];
  /** What could not be asked, or was left out, in words. */
  readonly problems: readonly string[];
}

/** Asks for what happened in the range. Never throws: a graph without annotations is still a graph. */
export async function loadMarks(
  annotations: readonly Annotation[],
  scope: PageScope,
  sources: Sources,
): Promise<Marks> {
  const asked = annotations.filter(({ enable, builtIn }) => enable && builtIn !== 1);
  const problems: string[] = [];
  const all = await Promise.all(
    asked.map(async (annotation) => {
      try {
        return await loadOne(annotation, scope, sources);
      } catch (error) {
        problems.push(`${annotation.name}: ${reasonOf(error)}`);
        return [];
      }
    }),
  );
  const marks = all.flat().toSorted((a, b) => a.from - b.from);
  // The newest say most about now.
  const list = marks.slice(-shown.annotations);
  if (list.length < marks.length) problems.push(`the newest ${list.length} of ${marks.length} are shown`);
  return { list, problems };
}

async function loadOne(annotation: Annotation, scope: PageScope, sources: Sources): Promise<Mark[]> {
  const source = sourceFor(kindOf(annotation.datasource, scope), sources);
  const step = stepFor(scope.range, points.timeseries, annotation.step ? parseDuration(annotation.step) : 0);
  const expr = annotation.expr ?? annotation.target?.expr ?? "";
  if (expr === "") return [];
  const grid = { ...onGrid(scope.range, step), step };
  const series = await queryRange(
    source,
    interpolateQuery(expr, { ...scope, step, scrape: SCRAPE_INTERVAL }),
    grid,
  );
  return series.flatMap(({ labels, points }) => {
    const fill = (template: string): string =>
      template.replaceAll(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => labels[name] ?? "").trim();
    return stretches(points, step).map(({ from, to }) => ({
      from,
      to,
      kind: annotation.name,
      title: fill(annotation.titleFormat || titleOf(annotation, labels)),
      text: fill(annotation.textFormat ?? ""),
      color: colorOf(annotation.iconColor ?? "blue"),
    }));
  });
}

/** Points above zero that follow each other without a gap are one thing that happened. */
function stretches(
  points: readonly (readonly [number, number])[],
  step: number,
): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const [time, value] of points) {
    if (!(value > 0)) continue;
    const last = found.at(-1);
    if (last !== undefined && time - last.to <= step * 1.01) last.to = time;
    else found.push({ from: time, to: time });
  }
  return found;
}

function titleOf({ name }: Annotation, labels: Labels): string {
  return labels["alertname"] ?? name;
}
