import { Hono } from "hono";
import type { Context } from "hono";
import { HttpProblem, problemAnswer } from "./errors.ts";
import { OTHER_METHOD, UNMATCHED } from "./metrics.ts";
import { readTrace } from "./trace.ts";
import { CLOSE, readToEnd } from "./unread-body.ts";
import type { Answer } from "./errors.ts";
import type { CountedRoute } from "./metrics.ts";
import type { Trace } from "./trace.ts";

/** Does one request's work. What it throws becomes a problem answer. */
type Handle = (c: Context, trace: Trace) => Answer | Promise<Answer>;

export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** The template, such as `/api/orders/{orderID}`. List a fixed path before a template that matches it too. */
  readonly path: string;
  /** Every status that it answers with on purpose; 500 and 503 go without saying. */
  readonly statuses: readonly number[];
  readonly handle: Handle;
}

/** What is known of a request when its answer is there. */
export interface Served {
  /** The route's method, or `OTHER`. */
  readonly method: string;
  /** The route's template, or `unmatched`. */
  readonly path: string;
  readonly status: number;
  readonly seconds: number;
  readonly trace: Trace;
  /** What was thrown, if anything. */
  readonly error: unknown;
}

export interface RouterHooks {
  /** Runs before the handler of a matched route; may refuse by throwing. */
  before?: (c: Context) => Promise<void> | undefined;
  /** Runs once for every request, matched or not, when its answer is known. */
  after?: (served: Served) => void;
}

/**
 * Makes a Hono app of a table of routes. It accepts or creates request ids and trace context, answers unknown
 * paths with 404 and known paths with the wrong method with 405 and `allow`, and turns every error into a problem.
 *
 * Each path is one Hono handler that picks the method itself: the wrong method is then known for what it is, and
 * Hono needs no middleware chain.
 */
export function createRouter(routes: readonly Route[], hooks: RouterHooks = {}): Hono {
  const app = new Hono();
  for (const [path, methods] of Map.groupBy(routes, (route) => route.path)) {
    const byMethod = new Map(methods.map((route) => [route.method as string, route]));
    const wrongMethod = refusal(path, methodNotAllowed([...byMethod.keys()]));
    app.all(path.replaceAll(/\{(\w+)\}/g, ":$1"), (c) => {
      // HEAD is GET without the body, which Hono drops.
      const method = c.req.method === "HEAD" ? "GET" : c.req.method;
      return serve(c, byMethod.get(method) ?? wrongMethod, hooks);
    });
  }
  const notFound = new Map(
    UNMATCHED_METHODS.map((method) => [method, refusal(UNMATCHED, NOT_FOUND, method)]),
  );
  const other = refusal(UNMATCHED, NOT_FOUND);
  app.notFound((c) => serve(c, notFound.get(c.req.method) ?? other, hooks));
  return app;
}

/** The routes as the metrics must know them: with the refusals that the router itself answers. */
export function countedRoutes(routes: readonly Route[]): CountedRoute[] {
  const served = routes.map(({ method, path, statuses }) => ({
    method,
    path,
    statuses: [...new Set([...statuses, 500, 503])].toSorted((a, b) => a - b),
  }));
  const wrongMethods = [...new Set(routes.map(({ path }) => path))].map((path) => ({
    method: OTHER_METHOD,
    path,
    statuses: [405],
  }));
  const unmatched = [...UNMATCHED_METHODS, OTHER_METHOD].map((method) => ({
    method,
    path: UNMATCHED,
    statuses: [404],
  }));
  return [...served, ...wrongMethods, ...unmatched];
}

/** The methods by which unmatched requests are told apart; the others are `OTHER`. */
const UNMATCHED_METHODS: readonly string[] = ["GET", "POST"];
const NOT_FOUND = new HttpProblem(404, "not-found", "there is nothing at this path");

type Target = {
  readonly method: string;
  readonly path: string;
  readonly handle: Handle;
  readonly refuses?: true;
};

function methodNotAllowed(methods: readonly string[]): HttpProblem {
  const allow = methods.includes("GET") ? ["HEAD", ...methods] : methods;
  const list = allow.toSorted().join(", ");
  return new HttpProblem(405, "method-not-allowed", `this path takes ${list}`, { headers: { allow: list } });
}

function refusal(path: string, problem: HttpProblem, method = OTHER_METHOD): Target {
  return {
    method,
    path,
    refuses: true,
    handle: () => {
      throw problem;
    },
  };
}

async function serve(c: Context, target: Target, { before, after }: RouterHooks): Promise<Response> {
  const started = performance.now();
  const trace = readTrace(c.req.header("x-request-id"), c.req.header("traceparent"));
  let error: unknown;
  let answer: Answer;
  try {
    const waiting = target.refuses ? undefined : before?.(c);
    if (waiting !== undefined) await waiting;
    answer = await target.handle(c, trace);
  } catch (thrown) {
    error = thrown;
    answer = problemAnswer(thrown, trace.requestId);
    if (!(await isRead(c))) answer = { ...answer, headers: { ...answer.headers, ...CLOSE } };
  }
  const seconds = (performance.now() - started) / 1000;
  after?.({ method: target.method, path: target.path, status: answer.status, seconds, trace, error });
  return respond(answer, trace);
}

/** Reads what a refusal has left unread of a body: see unread-body.ts. Most requests have none, and cost a look at two headers. */
async function isRead(c: Context): Promise<boolean> {
  if (c.req.header("content-length") === undefined && c.req.header("transfer-encoding") === undefined)
    return true;
  // Whoever has gone away gets no answer in any case.
  return readToEnd(c.req.raw).catch(() => true);
}

/** Headers stay a plain object: that is the form that @hono/node-server writes without a detour. */
function respond({ status, body, headers }: Answer, { requestId }: Trace): Response {
  const common = { "content-type": "application/json", "x-request-id": requestId, ...headers };
  return body === undefined
    ? new Response(null, { status, headers: { "x-request-id": requestId, ...headers } })
    : new Response(JSON.stringify(body), { status, headers: common });
}
