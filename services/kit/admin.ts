import type { Hono } from "hono";
import { z } from "zod";
import { authorize, lastsPiece } from "./admin-safety.ts";
import { readBody } from "./body.ts";
import { HttpProblem } from "./errors.ts";
import { FaultRefused, publicPart } from "./faults.ts";
import { createRouter } from "./router.ts";
import type { FaultBoard } from "./faults.ts";
import type { Logger } from "./logging.ts";
import type { Route } from "./router.ts";

export interface AdminOptions {
  board: FaultBoard;
  logger: Logger;
  /** Asked for as `authorization: Bearer …`. @default none is asked for */
  token?: string | undefined;
}

const BODY_LIMIT = 4096;

const faultSchema = z.strictObject({
  fault: z.string().max(100),
  variant: z.string().max(100),
  target: z.string().max(100).optional(),
  for: lastsPiece(),
});

/**
 * The fault switches, for a listener of their own: `GET /faults`, `POST /faults`, `DELETE /faults`,
 * `DELETE /faults/{id}`.
 */
export function createAdminApp({ board, logger, token }: AdminOptions): Hono {
  const routes: Route[] = [
    {
      method: "GET",
      path: "/faults",
      statuses: [200],
      handle: () => ({ status: 200, body: overview(board) }),
    },
    {
      method: "POST",
      path: "/faults",
      statuses: [201],
      handle: async (c) => {
        const fault = switchOn(board, await readBody(c, faultSchema, BODY_LIMIT));
        logger.warn({ fault }, "fault on");
        return { status: 201, body: fault };
      },
    },
    {
      method: "DELETE",
      path: "/faults",
      statuses: [204],
      handle: () => {
        board.clear();
        logger.warn("all faults off");
        return { status: 204 };
      },
    },
    {
      method: "DELETE",
      path: "/faults/{id}",
      statuses: [204],
      handle: (c) => {
        const id = c.req.param("id") ?? "";
        if (!board.remove(id)) throw new HttpProblem(404, "no-such-fault", "no such fault is on");
        logger.warn({ fault: { id } }, "fault off");
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

function overview(board: FaultBoard) {
  return { catalogue: shownCatalogue(board), active: board.live().map(publicPart) };
}

function shownCatalogue({ catalogue, targets }: FaultBoard) {
  return catalogue.map(({ name, description, variants, targeted }) => ({
    name,
    description,
    variants: variants.map(({ name, description }) => ({ name, description })),
    ...(targeted ? { targets } : {}),
  }));
}

function switchOn(board: FaultBoard, { fault, variant, target, for: lasts }: z.output<typeof faultSchema>) {
  try {
    return board.add({ fault, variant, target, lasts });
  } catch (error) {
    if (!(error instanceof FaultRefused)) throw error;
    if (error.field === "") throw new HttpProblem(409, "too-many-faults", error.message);
    throw new HttpProblem(400, "unknown-fault", `${error.field}: ${error.message}`, {
      fields: [{ path: error.field, message: error.message }],
      extensions: { catalogue: shownCatalogue(board) },
    });
  }
}
