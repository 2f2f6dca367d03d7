/** What keeps an admin listener harmless: who may give orders, and that every order ends. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { z } from "zod";
import { parseDuration } from "./config.ts";
import { HttpProblem } from "./errors.ts";
import { isLoopback } from "./loopback.ts";

/** Milliseconds. What nobody ends must not outlive the lunch break. */
const LONGEST = 3_600_000;
const WANT_TIME = "want a time above 0 and up to 1h, such as 90s or 5m";

/** A piece for how long an order lasts: a time up to an hour, five minutes by default. Its output is milliseconds. */
export function lastsPiece() {
  return z
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
    });
}

/**
 * Lets a request to an admin listener through.
 *
 * @param token asked for as `authorization: Bearer …`; without one, only loopback names are answered.
 * @throws HttpProblem 401 or 403
 */
export function authorize(c: Context, token: string | undefined): undefined {
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
