import type { Logger } from "../../../services/kit/logging.ts";
import { loadMarks } from "./data/annotations.ts";
import { DataSourceError } from "./data/ask.ts";
import { loadPanel } from "./data/load.ts";
import type { Sources } from "./data/sources.ts";
import type { DrawContext } from "./draw/context.ts";
import type { Outcome, Placed } from "./draw/panel.ts";
import { cellsOf } from "./page/layout-css.ts";
import type { DashboardRequest } from "./request.ts";
import type { ReadDashboard } from "./schema/read.ts";
import { resolveVariables } from "./variables/resolve.ts";
import type { Choice } from "./variables/resolve.ts";

/** One look at a dashboard: its variables, and then each panel as it becomes ready. */
export interface Look {
  readonly choices: readonly Choice[];
  readonly context: Promise<DrawContext>;
  /** Asks for what a panel shows. Never throws. */
  load(panel: Placed): Promise<Outcome>;
}

export interface LookDeps {
  readonly sources: Sources;
  readonly grafana: string | null;
  readonly logger: Pick<Logger, "error">;
}

/** Resolves the variables, and starts to ask for the annotations. */
export async function lookAt(
  dashboard: ReadDashboard,
  request: DashboardRequest,
  deps: LookDeps,
): Promise<Look> {
  const { sources, grafana, logger } = deps;
  const choices = await resolveVariables(dashboard.templating.list, request.wanted, request.range, sources);
  const scope = { variables: choices, range: request.range };
  const marks = loadMarks(dashboard.annotations.list, scope, sources);
  return {
    choices,
    context: marks.then((found) => ({ scope, marks: found, grafana })),
    async load(panel) {
      try {
        return { data: await loadPanel(panel, scope, sources) };
      } catch (error) {
        if (!(error instanceof DataSourceError) && !(error instanceof RangeError))
          logger.error({ err: error, dashboard: dashboard.uid, panel: panel.id }, "panel failed");
        return { error };
      }
    },
  };
}

/** @returns the panel of this number, in a row or not. */
export function findPanel(dashboard: ReadDashboard, id: number): Placed | undefined {
  const found = cellsOf(dashboard).find(({ cell }) => cell.id === id)?.cell;
  return found === undefined || found.type === "row" ? undefined : found;
}

/** Panels stand beneath a row's heading, or else beneath the page's. */
export function headingLevel({ panels }: ReadDashboard): 2 | 3 {
  return panels.some(({ type }) => type === "row") ? 3 : 2;
}
