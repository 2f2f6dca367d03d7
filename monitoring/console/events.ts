import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { Live } from "./live.ts";

/** `GET /events`: the version of what there is to see, as server-sent events. A page that shows another one renews itself. */
export function eventRoutes(live: Live): Hono {
  const app = new Hono();
  app.get("/events", (c) => {
    if (!live.enter())
      return c.text("too many pages are open, or the console is stopping", 503, { "retry-after": "30" });
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      let seen: number | undefined;
      try {
        while (!gone.signal.aborted && !live.closed) {
          if (seen === live.version) await stream.write(": still here\n\n");
          else await stream.writeSSE({ data: String(live.version), retry: 2000 });
          seen = live.version;
          await live.next(seen, gone.signal);
        }
      } finally {
        live.leave();
      }
    });
  });
  return app;
}
