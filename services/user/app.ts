import type { Hono } from "hono";
import { z } from "zod";
import { BODY_REFUSALS, readBody, readQuery } from "../kit/body.ts";
import { HttpProblem } from "../kit/errors.ts";
import { pageSchema } from "../kit/pagination.ts";
import { normal } from "../kit/random.ts";
import { createServiceApp } from "../kit/service-app.ts";
import { sessions } from "./behaviour.ts";
import { createDirectory } from "./directory.ts";
import { userMetrics } from "./metrics.ts";
import { createUserModel } from "./model.ts";
import { sessionsAt } from "./sessions.ts";
import { createSignIn } from "./sign-in.ts";
import type { Route } from "../kit/router.ts";
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
  const model = createUserModel(simulation);
  const directory = createDirectory(model, metrics);
  const signIn = createSignIn(model, directory, metrics);

  const routes: Route[] = [
    {
      method: "GET",
      path: "/api/users",
      statuses: [200, 400, 429],
      handle: async (c) => {
        const page = readQuery(c, pageSchema);
        admit("list");
        const { records, total } = await directory.list(page);
        return { status: 200, body: { users: records, total, ...page } };
      },
    },
    {
      method: "POST",
      path: "/api/users",
      statuses: [201, 429, ...BODY_REFUSALS],
      handle: async (c) => {
        const request = await readBody(c, newUser, bodyLimit);
        admit("create");
        const user = await directory.create(request);
        return { status: 201, body: user, headers: { location: `/api/users/${user.id}` } };
      },
    },
    {
      method: "GET",
      path: "/api/users/validate",
      statuses: [200, 400, 404, 429],
      handle: async (c) => {
        const { user_id } = readQuery(c, validateQuery);
        admit("validate");
        const user = await known(user_id);
        return { status: 200, body: { user_id: user.id, valid: true } };
      },
    },
    {
      method: "POST",
      path: "/api/users/auth",
      statuses: [200, 401, 423, 429, ...BODY_REFUSALS],
      handle: async (c) => {
        const { user_id } = await readBody(c, credentials, bodyLimit);
        admit("auth");
        return signIn(user_id);
      },
    },
    {
      method: "GET",
      path: "/api/users/{userID}",
      statuses: [200, 404, 429],
      handle: async (c) => {
        admit("get");
        return { status: 200, body: await known(c.req.param("userID") ?? "") };
      },
    },
  ];
  return createServiceApp(routes, deps);

  /** Counts a well-formed request, and lets the simulated share of them come to grief. */
  function admit(operation: (typeof OPERATIONS)[number]): void {
    metrics.requests.inc({ operation });
    const admission = model.admission();
    if (admission === "failed") {
      throw new HttpProblem(500, "database-failed", "the user database failed (simulated)");
    }
    if (admission === "refused") {
      throw new HttpProblem(429, "too-many-requests", "too many requests; try again later");
    }
  }

  async function known(id: string) {
    const user = await directory.find(id);
    if (user === undefined) throw new HttpProblem(404, "unknown-user", "there is no such user");
    return user;
  }
}
