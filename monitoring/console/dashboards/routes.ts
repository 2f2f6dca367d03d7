import { Hono } from "hono";
import type { Context } from "hono";
import { html } from "hono/html";
import { stream } from "hono/streaming";
import { HttpProblem } from "../../../services/kit/errors.ts";
import { clip } from "../clip.ts";
import type { FrameDeps } from "../pages/frame.ts";
import type { Html } from "../pages/html.ts";
import { layout } from "../pages/layout.ts";
import type { Assets } from "../pages/layout.ts";
import { findPanel, headingLevel, lookAt } from "./board.ts";
import type { LookDeps } from "./board.ts";
import { panelSection } from "./draw/panel.ts";
import type { Library } from "./library.ts";
import { clipAt } from "./limits.ts";
import { dashboardFoot, dashboardHead } from "./page/dashboard.ts";
import { cellsOf, layoutCss } from "./page/layout-css.ts";
import { listPage, unknownDashboard } from "./page/list.ts";
import { addressOf, readRequest } from "./request.ts";
import type { ReadDashboard } from "./schema/read.ts";
import { interpolateText } from "./variables/interpolate.ts";

/** Where dashboards and what they show come from. */
export interface Dashboards extends Omit<LookDeps, "grafana"> {
  readonly library: () => Promise<Library>;
}

interface DashboardDeps extends FrameDeps, Dashboards {
  readonly assets: Assets;
}

/** Stands where the body of a streamed page goes. Text cannot contain it: `html` escapes its brackets. */
const BODY = "<!--body-->";

/** `/dashboards`, each dashboard, and each panel of it alone, for the script that renews it. */
export function dashboardRoutes({
  library,
  assets,
  sources,
  logger,
  watch,
  live,
  stack,
  now,
}: DashboardDeps): Hono {
  const app = new Hono();
  const deps = { sources, logger, grafana: stack.links.grafana };

  app.get("/dashboards", async (c) =>
    c.html(await frame("Dashboards", listPage(await library(), deps.grafana))),
  );

  /** The frame alone: what `data-live` of a dashboard's page is renewed from, without its panels. */
  app.get("/dashboard-frame", async (c) => c.html(await frame("Dashboards", html``)));

  app.get("/dashboards/:uid", async (c) => {
    const all = await library();
    const dashboard = find(all, c);
    if (dashboard === undefined)
      return c.html(await frame("Dashboards", unknownDashboard(c.req.param("uid"), all, deps.grafana)), 404);
    const query = new URL(c.req.url).searchParams;
    const request = readRequest(query, dashboard, now());
    const last = query.get("last");
    if (last !== null) return c.redirect(addressOf(dashboard.uid, request.wanted, last, "now"));
    const [before = "", after = ""] = (
      await frame(clip(dashboard.title, clipAt.name), html`<!--body-->`)
    ).split(BODY);
    c.header("content-type", "text/html; charset=UTF-8");
    c.status(request.problem === null ? 200 : 400);
    return stream(c, async (out) => {
      await out.write(before);
      const look = await lookAt(dashboard, request, deps);
      const cells = cellsOf(dashboard).map(({ cell }) =>
        cell.type === "row" ? { row: cell } : { panel: cell, outcome: look.load(cell) },
      );
      await out.write(String(await dashboardHead(dashboard, all, request, look.choices)));
      const context = await look.context;
      const level = headingLevel(dashboard);
      await out.write('<div class="board" data-board>');
      for (const cell of cells) {
        const part =
          "row" in cell
            ? rowHeading(
                cell.row,
                interpolateText(cell.row.title, { ...context.scope, step: 0.001, scrape: 1 }),
              )
            : panelSection(cell.panel, await cell.outcome, context, level);
        await out.write(String(await part));
      }
      await out.write(`</div>${String(await dashboardFoot(dashboard, context.marks))}${after}`);
    });
  });

  app.get("/dashboards/:uid/layout.css", async (c) => {
    const css = layoutCss(found(await library(), c));
    return c.body(css, 200, {
      "content-type": "text/css; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    });
  });

  app.get("/dashboards/:uid/panels/:id", async (c) => {
    const dashboard = found(await library(), c);
    const panel = findPanel(dashboard, Number(c.req.param("id")));
    if (panel === undefined) throw new HttpProblem(404, "not-found", "this dashboard has no such panel");
    const request = readRequest(new URL(c.req.url).searchParams, dashboard, now());
    const look = await lookAt(dashboard, request, deps);
    const outcome = await look.load(panel);
    return c.html(panelSection(panel, outcome, await look.context, headingLevel(dashboard)));
  });

  return app;

  async function frame(title: string, body: Html): Promise<string> {
    const styled = html`<link rel="stylesheet" href="${assets.dashboardStyle}" />${body}`;
    const page = {
      title,
      active: "dashboards",
      stack,
      reading: watch.read(),
      now: now(),
      version: live.version,
    } as const;
    return String(await layout({ ...page, body: styled, scripts: [assets.dashboards] }, assets));
  }
}

function rowHeading({ id }: { readonly id: number }, title: string): Html {
  return html`<h2 class="row" id="panel-${id}">${clip(title, clipAt.name)}</h2>`;
}

function find({ dashboards }: Library, c: Context): ReadDashboard | undefined {
  return dashboards.find(({ uid }) => uid === c.req.param("uid"));
}

function found(library: Library, c: Context): ReadDashboard {
  const dashboard = find(library, c);
  if (dashboard === undefined) throw new HttpProblem(404, "not-found", "there is no such dashboard");
  return dashboard;
}
