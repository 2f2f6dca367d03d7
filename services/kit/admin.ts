import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { readBody } from "./body.ts";
import { parseDuration } from "./config.ts";
import { HttpProblem } from "./errors.ts";
import { FaultRefused, publicPart } from "./faults.ts";
import { isLoopback } from "./loopback.ts";
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
/** Milliseconds. A fault that nobody ends must not outlive the lunch break. */
const LONGEST = 3_600_000;
const WANT_TIME = "want a time above 0 and up to 1h, such as 90s or 5m";

const faultSchema = z.strictObject({
  fault: z.string().max(100),
  variant: z.string().max(100),
  target: z.string().max(100).optional(),
  for: z
    .string()
    .default("5m")
    .transform((text, context) => {
      const lasts = parseDuration(text);
      if (lasts !== undefined && lasts > 0 && lasts <= LONGEST) return lasts;
      context.addIssue({
        code: "custom",
        message: `got ${JSON.stringify(text.slice(0, 100))}, ${WANT_TIME}`,
      });
      return z.NEVER;
    }),
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

function authorize(c: Context, token: string | undefined): undefined {
  if (token === undefined) {
    // Without a token the listener is on loopback; a web page that made its own name resolve there is still outside.
    if (isLoopback(new URL(c.req.url).hostname)) return;
    throw new HttpProblem(
      403,
      "foreign-host",
      "without a token the admin listener answers to loopback names only",
    );
  }
  const given = c.req.header("authorization") ?? "";
  // Digests have one length, so the comparison takes one time, whatever was sent.
  if (timingSafeEqual(digest(given), digest(`Bearer ${token}`))) return;
  throw new HttpProblem(401, "unauthorized", "the admin token is missing or wrong", {
    headers: { "www-authenticate": "Bearer" },
  });
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
