import { Hono } from "hono";
import type { MiddlewareHandler } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { Registry } from "prom-client";
import { HttpProblem, problemAnswer } from "../../services/kit/errors.ts";
import { mountProbes } from "../../services/kit/health.ts";
import type { Readiness } from "../../services/kit/health.ts";
import type { Logger } from "../../services/kit/logging.ts";
import { readTrace } from "../../services/kit/trace.ts";
import { apiRoutes } from "./api.ts";
import { eventRoutes } from "./events.ts";
import type { Intake } from "./intake.ts";
import { pageRoutes } from "./pages/routes.ts";
import type { PageDeps } from "./pages/routes.ts";
import { receiverRoutes } from "./receive/routes.ts";

export interface AppDeps extends PageDeps {
  readonly intake: Intake;
  readonly registry: Registry;
  readonly readiness: Readiness;
  readonly logger: Logger;
}

/** Nothing from elsewhere, nothing inline: what a payload smuggles into a page can neither run nor load anything. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** The whole console behind HTTP; `app.request()` tries it without a port. */
export function createApp(deps: AppDeps): Hono {
  const app = new Hono();
  app.use(safeHeaders);
  app.use(sameSite);
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (_c, methods) => wrongMethod(methods) }));
  mountProbes(app, deps.readiness, deps.registry);
  app.route("/", receiverRoutes(deps.intake));
  app.route("/", apiRoutes(deps));
  app.route("/", eventRoutes(deps.live));
  app.route("/", pageRoutes(deps));
  app.notFound(() => problem(new HttpProblem(404, "not-found", "there is nothing at this path")));
  app.onError((error, c) => {
    const { requestId } = readTrace(c.req.header("x-request-id"), c.req.header("traceparent"));
    if (!(error instanceof HttpProblem))
      deps.logger.error(
        { err: error, request_id: requestId, path: c.req.path.slice(0, 200) },
        "request failed",
      );
    return problem(error, requestId);
  });
  return app;
}

const safeHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  if (!headers.has("content-security-policy")) headers.set("content-security-policy", PAGE_POLICY);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  headers.set("x-content-type-options", "nosniff");
  // To other sites nothing is told; our own forms have to say where they come from, which `no-referrer` would forbid.
  headers.set("referrer-policy", "same-origin");
};

/** Alertmanager is no browser. A page of another site that posts here would be forging a notification. */
const sameSite: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header("origin");
  const foreign = origin !== undefined && URL.parse(origin)?.host !== new URL(c.req.url).host;
  if (c.req.method !== "GET" && (foreign || c.req.header("sec-fetch-site") === "cross-site"))
    throw new HttpProblem(403, "cross-site", "a page of another site may not post to the console");
  await next();
};

function wrongMethod(methods: readonly string[]): Response {
  const allow = methods.toSorted().join(", ");
  return problem(
    new HttpProblem(405, "method-not-allowed", `this path takes ${allow}`, { headers: { allow } }),
  );
}

function problem(error: unknown, requestId = readTrace(undefined, undefined).requestId): Response {
  const { status, body, headers = {} } = problemAnswer(error, requestId);
  return Response.json(body, { status, headers });
}
