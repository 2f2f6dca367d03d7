import type { Hono } from "hono";
import { z } from "zod";
import { authorize, lastsPiece } from "../services/kit/admin-safety.ts";
import { readBody } from "../services/kit/body.ts";
import { HttpProblem } from "../services/kit/errors.ts";
import type { Logger } from "../services/kit/logging.ts";
import { createRouter } from "../services/kit/router.ts";
import type { Route } from "../services/kit/router.ts";
import { FACTOR, MAX_SURGES } from "./surges.ts";
import type { SurgeBoard } from "./surges.ts";

export interface LoadAdminOptions {
  readonly board: SurgeBoard;
  readonly logger: Pick<Logger, "warn" | "error">;
  /** Asked for as `authorization: Bearer …`. @default none is asked for */
  readonly token?: string | undefined;
}

const BODY_LIMIT = 1024;

const orderSchema = z.strictObject({
  factor: z
    .number({ error: wanted })
    .refine((factor) => factor >= FACTOR.least && factor <= FACTOR.most, { error: wanted }),
  for: lastsPiece(),
});

/** The load generator's switch, for a listener of its own: `GET`, `POST`, `DELETE /load`, `DELETE /load/{id}`. */
export function createLoadAdminApp({ board, logger, token }: LoadAdminOptions): Hono {
  const routes: Route[] = [
    {
      method: "GET",
      path: "/load",
      statuses: [200],
      handle: () => ({ status: 200, body: { active: board.live() } }),
    },
    {
      method: "POST",
      path: "/load",
      statuses: [201],
      handle: async (c) => {
        const { factor, for: lasts } = await readBody(c, orderSchema, BODY_LIMIT);
        const surge = board.add(factor, lasts);
        if (surge === undefined)
          throw new HttpProblem(409, "too-many-changes", `${MAX_SURGES} changes are on already`);
        logger.warn({ surge }, "load changed");
        return { status: 201, body: surge };
      },
    },
    {
      method: "DELETE",
      path: "/load",
      statuses: [204],
      handle: () => {
        board.clear();
        logger.warn("all changes of the load off");
        return { status: 204 };
      },
    },
    {
      method: "DELETE",
      path: "/load/{id}",
      statuses: [204],
      handle: (c) => {
        const id = c.req.param("id") ?? "";
        if (!board.remove(id)) throw new HttpProblem(404, "no-such-change", "no such change is on");
        logger.warn({ surge: { id } }, "change of the load off");
        return { status: 204 };
      },
    },
  ];
  return createRouter(routes, {
    before: (c) => authorize(c, token),
    after: ({ status, error }) => {
      if (status >= 500) logger.error({ status, err: error }, "admin request");
    },
  });
}

function wanted({ input }: { readonly input?: unknown }): string {
  return `got ${JSON.stringify(input) ?? "nothing"}, want a factor from ${FACTOR.least} to ${FACTOR.most}`;
}
