import { isIP } from "node:net";
import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { z } from "zod";
import { HttpProblem } from "../../../services/kit/errors.ts";
import { isLoopback } from "../../../services/kit/loopback.ts";
import { FORM_BYTES } from "../limits.ts";

/**
 * Lets only forms of the console's own pages through. A browser always says where a form comes from; whoever leaves it
 * out is no browser, and has the admin listeners to talk to. A name that is neither loopback nor listed may be an
 * attacker's that resolves to us (DNS rebinding); an address cannot be.
 *
 * @param hostNames further names under which people open the console.
 */
export function ownForms(hostNames: readonly string[]): MiddlewareHandler[] {
  const check: MiddlewareHandler = async (c, next) => {
    const { host, hostname } = new URL(c.req.url);
    if (URL.parse(c.req.header("origin") ?? "")?.host !== host)
      throw new HttpProblem(403, "cross-site", "only the console's own pages may switch anything");
    const address = isIP(hostname.replaceAll(/[[\]]/g, "")) !== 0;
    if (!address && !isLoopback(hostname) && !hostNames.includes(hostname))
      throw new HttpProblem(
        403,
        "foreign-host",
        `nothing is switched under the name ${hostname.slice(0, 100)}; HOST_NAMES lists the names that count`,
      );
    await next();
  };
  const tooLarge = (): never => {
    throw new HttpProblem(413, "body-too-large", `a form has at most ${FORM_BYTES} bytes`);
  };
  return [check, bodyLimit({ maxSize: FORM_BYTES, onError: tooLarge })];
}

/** Reads a form. Of a field that is given twice the last counts. @throws HttpProblem 400 or 415 */
export async function readForm<S extends z.ZodType>(c: Context, schema: S): Promise<z.output<S>> {
  const type = c.req.header("content-type") ?? "";
  if (!type.startsWith("application/x-www-form-urlencoded"))
    throw new HttpProblem(415, "unsupported-media-type", "want application/x-www-form-urlencoded");
  const parsed = schema.safeParse(Object.fromEntries(new URLSearchParams(await c.req.text())));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
  throw new HttpProblem(400, "invalid-request", "the form does not fit", { fields });
}
