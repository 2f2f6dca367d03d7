import { dashboardSchema } from "../check/shape.ts";
import type { Dashboard, Panel, Target } from "../check/shape.ts";
import { fillIn } from "../check/variables.ts";
import { askLoki, askPrometheus, labelValues } from "./ask.ts";
import { mayBeEmpty } from "./may-be-empty.ts";
import { timesOf } from "./times.ts";

export interface LiveSources {
  readonly prometheusUrl: string;
  /** @default LogQL is not asked */
  readonly lokiUrl?: string | undefined;
}

/** More lines than these are a tangle, not a graph. */
const MOST_SERIES = 24;
/** Queries under way at once: Prometheus has to share a small machine. */
const AT_ONCE = 4;

/**
 * Asks every query, variable and annotation of some dashboards, as Grafana would at their own time range.
 *
 * @param dashboards their JSON, parsed.
 * @returns one line a problem: a query that fails, a panel that is empty and may not be, a graph with too many lines.
 */
export async function checkLive(dashboards: readonly unknown[], sources: LiveSources): Promise<string[]> {
  const tasks = dashboards.flatMap((json) => tasksOf(dashboardSchema.parse(json), sources));
  const problems: string[][] = [];
  const next = tasks.entries();
  const worker = async (): Promise<void> => {
    for (const [index, task] of next) problems[index] = await task();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return problems.flat();
}

type Task = () => Promise<string[]>;

function tasksOf(dashboard: Dashboard, sources: LiveSources): Task[] {
  const queries = dashboard.panels.flatMap((panel) =>
    panel.targets.map((target) => async () => checkTarget(target, panel, dashboard, sources)),
  );
  const annotations = dashboard.annotations.list.map(
    ({ name, expr }) =>
      async () =>
        checkAnnotation(name, expr, dashboard, sources),
  );
  return [...queries, ...annotations, async () => checkVariables(dashboard, sources)];
}

async function checkTarget(
  target: Target,
  panel: Panel,
  dashboard: Dashboard,
  { prometheusUrl, lokiUrl }: LiveSources,
): Promise<string[]> {
  const asked = timesOf(dashboard.time.from, target.interval, Date.now() / 1000);
  const { text } = fillIn(target.expr, dashboard, asked);
  const place = `${dashboard.uid}, "${panel.title}", query ${target.refId}`;
  const isLoki = (target.datasource ?? panel.datasource)?.type === "loki";
  if (isLoki && lokiUrl === undefined) return [];
  const answer = isLoki
    ? await askLoki(lokiUrl ?? "", text, asked)
    : await askPrometheus(prometheusUrl, text, target.instant, asked);
  if ("error" in answer) return [`${place} fails: ${answer.error}`];
  if (answer.series === 0) {
    const excused = mayBeEmpty.some((each) => each.dashboard === dashboard.uid && each.panel === panel.title);
    return excused ? [] : [`${place} is empty: ${text}`];
  }
  if (panel.type === "timeseries" && answer.series > MOST_SERIES) {
    return [`${place} has ${answer.series} lines. Show the worst, or group them`];
  }
  return [];
}

/** It may be empty: that nothing happened is good. */
async function checkAnnotation(
  name: string,
  expr: string,
  dashboard: Dashboard,
  { prometheusUrl }: LiveSources,
): Promise<string[]> {
  const asked = timesOf(dashboard.time.from, "1m", Date.now() / 1000);
  const answer = await askPrometheus(prometheusUrl, fillIn(expr, dashboard, asked).text, false, asked);
  return "error" in answer ? [`${dashboard.uid}, annotation ${name} fails: ${answer.error}`] : [];
}

async function checkVariables(dashboard: Dashboard, { prometheusUrl }: LiveSources): Promise<string[]> {
  const asked = timesOf(dashboard.time.from, undefined, Date.now() / 1000);
  const problems: string[] = [];
  for (const { name, type, definition = "", current } of dashboard.templating.list) {
    if (type !== "query") continue;
    const [, selector = "", label = ""] = /^label_values\((.+), (\w+)\)$/.exec(definition) ?? [];
    const values = await labelValues(prometheusUrl, fillIn(selector, dashboard, asked).text, label);
    if (values.length === 0) problems.push(`${dashboard.uid}, variable ${name} has nothing to choose from`);
    else if (current.value !== "$__all" && !values.includes(current.value)) {
      problems.push(
        `${dashboard.uid}, variable ${name}: there is no ${current.value}, only ${values.join(", ")}`,
      );
    }
  }
  return problems;
}
