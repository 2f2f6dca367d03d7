import type { Hono } from "hono";
import { z } from "zod";
import { BODY_REFUSALS, readBody, readQuery } from "../kit/body.ts";
import { HttpProblem } from "../kit/errors.ts";
import { pageSchema } from "../kit/pagination.ts";
import { normal } from "../kit/random.ts";
import { createServiceApp } from "../kit/service-app.ts";
import { failures, sessions } from "./behaviour.ts";
import { createDirectory } from "./directory.ts";
import { userMetrics } from "./metrics.ts";
import { sessionsAt } from "./sessions.ts";
import { createSignIn } from "./sign-in.ts";
import type { Handle, Route } from "../kit/router.ts";
import type { ServiceDeps } from "../kit/service-app.ts";
import type { OPERATIONS } from "./metrics.ts";
import type { SessionsOptions } from "./sessions.ts";

const userId = z.string().regex(/^usr-\d{1,9}$/, "want a user id, such as usr-100");
const validateQuery = z.strictObject({ user_id: userId });
const newUser = z.strictObject({ name: z.string().trim().min(1).max(100), email: z.email().max(200) });
const credentials = z.strictObject({ user_id: userId, password: z.string().min(1).max(200) });

/** The user service: list, create, validate, look up and sign in users (reference 2.3). */
export function createApp(deps: ServiceDeps, day: SessionsOptions): Hono {
  const { simulation, bodyLimit, registry } = deps;
  const wobble = simulation.random("user sessions");
  const metrics = userMetrics(registry, () =>
    Math.round(sessionsAt(Date.now(), day) * normal(wobble, 1, sessions.jitter)),
  );
  const directory = createDirectory(simulation, metrics);
  const signIn = createSignIn(simulation, directory, metrics);
  const rates = failures[simulation.profile];
  const refused = simulation.share("user refused", rates.refused);
  const failed = simulation.share("user failed", rates.failed);

  /** Counts the operation, and lets the simulated share of the requests come to grief first. */
  const operation = (name: (typeof OPERATIONS)[number], handle: Handle): Handle => {
    return (c, trace) => {
      metrics.requests.inc({ operation: name });
      if (failed()) throw new HttpProblem(500, "database-failed", "the user database failed (simulated)");
      if (refused()) throw new HttpProblem(429, "too-many-tries", "too many requests; try again later");
      return handle(c, trace);
    };
  };

  const routes: Route[] = [
    {
      method: "GET",
      path: "/api/users",
      statuses: [200, 400, 429],
      handle: operation("list", async (c) => {
        const page = readQuery(c, pageSchema);
        const { records, total } = await directory.list(page);
        return { status: 200, body: { users: records, total, ...page } };
      }),
    },
    {
      method: "POST",
      path: "/api/users",
      statuses: [201, 429, ...BODY_REFUSALS],
      handle: operation("create", async (c) => {
        const user = await directory.create(await readBody(c, newUser, bodyLimit));
        return { status: 201, body: user, headers: { location: `/api/users/${user.id}` } };
      }),
    },
    {
      method: "GET",
      path: "/api/users/validate",
      statuses: [200, 400, 404, 429],
      handle: operation("validate", async (c) => {
        const user = await known(readQuery(c, validateQuery).user_id);
        return { status: 200, body: { user_id: user.id, valid: true } };
      }),
    },
    {
      method: "POST",
      path: "/api/users/auth",
      statuses: [200, 401, 423, 429, ...BODY_REFUSALS],
      handle: operation("auth", async (c) => signIn((await readBody(c, credentials, bodyLimit)).user_id)),
    },
    {
      method: "GET",
      path: "/api/users/{userID}",
      statuses: [200, 404, 429],
      handle: operation("get", async (c) => ({
        status: 200,
        body: await known(c.req.param("userID") ?? ""),
      })),
    },
  ];
  return createServiceApp(routes, deps);

  async function known(id: string) {
    const user = await directory.find(id);
    if (user === undefined) throw new HttpProblem(404, "unknown-user", "there is no such user");
    return user;
  }
}
