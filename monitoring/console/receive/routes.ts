import { Hono } from "hono";
import type { Context } from "hono";
import type { Intake } from "../intake.ts";
import { BodyReader } from "./body.ts";
import { pagerDuty } from "./pagerduty.ts";
import type { Answer, Receiver } from "./receiver.ts";
import { slack } from "./slack.ts";
import { watchdog } from "./watchdog.ts";

/** The three HTTP doors of the inbox. */
export function receiverRoutes(intake: Intake): Hono {
  const bodies = new BodyReader();
  const app = new Hono();
  app.post("/v2/enqueue", (c) => receive(c, pagerDuty, (draft) => intake.accept(draft)));
  app.post("/services/:team/:bot/:token", (c) => receive(c, slack, (draft) => intake.accept(draft)));
  app.post("/watchdog", (c) => receive(c, watchdog, (beat) => intake.beat(beat)));
  return app;

  async function receive<Read>(
    c: Context,
    door: Receiver<Read>,
    keep: (read: Read) => void,
  ): Promise<Response> {
    const { channel } = door;
    const body = await bodies.read(c.req.raw, door.maxBytes);
    if ("refused" in body) {
      if (body.refused === "aborted") return c.body(null, 400);
      intake.refuse({ channel, kind: body.refused, reason: body.reason, sample: "" });
      if (body.unread) c.header("connection", "close");
      return respond(c, door.refuse(body.refused === "busy" ? 503 : 413, body.reason));
    }
    const contentType = c.req.header("content-type") ?? "";
    const outcome = door.receive(body.text, { path: c.req.path, contentType });
    if (outcome.refused !== undefined) {
      intake.refuse({ channel, kind: "malformed", reason: outcome.refused, sample: body.text });
      return respond(c, outcome.answer);
    }
    try {
      keep(outcome.read);
    } catch (error) {
      // 5xx makes every sender come again, so what could not be kept now is not lost.
      const reason = `the console could not store it: ${error instanceof Error ? error.message : String(error)}`;
      intake.refuse({ channel, kind: "storage", reason, sample: body.text });
      return respond(c, door.refuse(500, "not stored; try again"));
    }
    return respond(c, outcome.answer);
  }
}

function respond(c: Context, { status, type, body }: Answer): Response {
  return c.body(body, status, { "content-type": type });
}
