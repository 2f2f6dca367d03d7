import { Hono } from "hono";
import type { Context } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { readQuery } from "../../../services/kit/body.ts";
import { HttpProblem } from "../../../services/kit/errors.ts";
import { dashboardRoutes } from "../dashboards/routes.ts";
import type { Dashboards } from "../dashboards/routes.ts";
import { backtestRoutes } from "../backtest/routes.ts";
import type { BacktestRuns } from "../backtest/runs.ts";
import type { DeadMansSwitch } from "../dead-mans-switch.ts";
import type { FaultDesk } from "../faults/fault-desk.ts";
import type { ScenarioDesk } from "../faults/scenario-desk.ts";
import type { Inbox } from "../inbox.ts";
import { incidentsOf, openIncidents } from "../incidents.ts";
import { listLimits, SHOWN_INCIDENTS } from "../limits.ts";
import type { Notification } from "../notification.ts";
import type { Prometheus } from "../overview/prometheus.ts";
import { runbookRoutes } from "./runbooks.ts";
import { scenarioPane } from "./scenarios.ts";
import type { SloFacts } from "../../predict/slo-facts.ts";
import type { Stories } from "../timeline/stories.ts";
import { loadAssets } from "./assets.ts";
import { breakPane } from "./break.ts";
import { deadLine } from "./dead-line.ts";
import { EMAIL_POLICY, emailDocument } from "./email.ts";
import { faultRoutes } from "./fault-routes.ts";
import { createFrame } from "./frame.ts";
import type { FrameDeps } from "./frame.ts";
import type { Html } from "./html.ts";
import { filters, inboxPage } from "./inbox.ts";
import { lostOnPage } from "./lost-row.ts";
import { goneMessage, messagePane, openIncidentsPane } from "./message.ts";
import { incidentRoutes } from "./incident-routes.ts";
import { currentStories, nowPane } from "./now.ts";
import { nowSaid } from "./now-said.ts";
import { overviewPage } from "./overview.ts";

export interface PageDeps extends FrameDeps {
  readonly backtests: BacktestRuns;
  readonly inbox: Inbox;
  readonly deadMansSwitch: DeadMansSwitch;
  readonly desk: FaultDesk;
  readonly scenarios: ScenarioDesk;
  readonly stories: Stories;
  readonly prometheus: Prometheus;
  readonly slos: readonly SloFacts[];
  /** Names, besides loopback's, under which people open the console and may switch faults. */
  readonly hostNames: readonly string[];
  readonly dashboards: Dashboards;
}

const id = z
  .string()
  .regex(/^\d{1,15}$/, { error: "want the number of a notification" })
  .transform(Number);
const overviewQuery = z.object({ slo: z.string().prefault("") });
const inboxQuery = z.object({
  filter: z.enum(filters, { error: `want one of ${filters.join(", ")}` }).prefault("all"),
  before: id.optional(),
  show: id.optional(),
});

/** The pages, for people. */
export function pageRoutes(deps: PageDeps): Hono {
  const { inbox, deadMansSwitch, watch, stack, now, desk, scenarios, stories, slos, hostNames, prometheus } =
    deps;
  const measuring = { prometheus, slos, timeScale: stack.timeScale, now };
  const app = new Hono();
  const { assets, routes } = loadAssets();
  const frame = createFrame(deps, assets);
  app.route("/", routes);
  app.route("/", faultRoutes(desk, scenarios, hostNames));
  app.route("/", dashboardRoutes({ ...deps, ...deps.dashboards, assets }));
  app.route("/", runbookRoutes(frame));
  app.route("/", incidentRoutes({ stories, places: stack.links, frame, ...measuring }));
  app.route("/", backtestRoutes(deps.backtests, frame, now, hostNames));

  app.get("/", (c) => {
    const { slo } = readQuery(c, overviewQuery);
    const current = currentStories(stories.read());
    const body = overviewPage({
      reading: watch.read(),
      open: slo,
      dead: dead(),
      breakSomething: html`${breakPane(desk.read())} ${scenarioPane(scenarios.read(), now())}`,
      happening: nowPane(current, slos, now(), stack.timeScale),
      said: nowSaid(current),
      places: stack.links,
      now: now(),
    });
    return frame(c, { title: "Overview", active: "overview", body });
  });

  app.get("/inbox", async (c) => {
    const { filter, before, show } = readQuery(c, inboxQuery);
    const refused = filter === "failures" ? true : filter === "all" ? undefined : false;
    const channel = filter === "failures" || filter === "all" ? undefined : filter;
    const listed = inbox.list({ channel, refused, before, limit: listLimits.page });
    const newer = before === undefined ? undefined : inbox.find(before);
    const lost = lostOnPage(watch.read().overview?.lostDeliveries ?? [], { channel, listed, newer });
    const pane = show === undefined ? incidents() : await message(show);
    const view = {
      filter,
      listed,
      lost,
      before: before ?? null,
      shown: show ?? null,
      pane,
      dead: dead(),
      now: now(),
    };
    const body = inboxPage({ ...view, origin: new URL(c.req.url).origin });
    return frame(c, { title: "Inbox", active: "inbox", body });
  });

  app.get("/inbox/:id/raw", async (c) => {
    const { raw } = await find(c);
    return c.text(raw, 200, { "content-security-policy": "sandbox; default-src 'none'" });
  });

  app.get("/inbox/:id/email.html", async (c) => {
    const document = await emailDocument(await find(c));
    if (document === null) throw new HttpProblem(404, "not-found", "this notification is no mail with HTML");
    return c.html(document, 200, { "content-security-policy": EMAIL_POLICY });
  });

  return app;

  function dead(): Html {
    return deadLine(deadMansSwitch.read(), watch.read().overview?.failedDeliveries ?? [], now());
  }

  function incidents(): Html {
    const { count, newest } = openIncidents(inbox, SHOWN_INCIDENTS);
    return openIncidentsPane(count, newest, now());
  }

  async function message(show: number): Promise<Html> {
    const listed = inbox.find(show);
    const notification = listed && (await inbox.load(listed));
    if (!listed || !notification) return goneMessage();
    const incidents = notification.channel === "pagerduty" ? incidentsOf(inbox.thread(listed.thread)) : [];
    const incident = incidents.find(({ events }) => events.some((event) => event.id === show));
    return messagePane(notification, incident ?? null, stack.links, now());
  }

  async function find(c: Context): Promise<Notification> {
    const parsed = id.safeParse(c.req.param("id"));
    const listed = parsed.success ? inbox.find(parsed.data) : undefined;
    const notification = listed && (await inbox.load(listed));
    if (!notification) throw new HttpProblem(404, "not-found", "there is no such notification, or no more");
    return notification;
  }
}
