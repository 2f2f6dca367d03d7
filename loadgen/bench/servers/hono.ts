/** The floor: Hono on Node with nothing around it. No metrics, no logs, no validation. */
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { sampleSession, sampleUser } from "./payloads.ts";

const app = new Hono();
app.get("/healthz", (c) => c.text("ok"));
app.get("/api/users/:id", (c) => c.json(sampleUser(c.req.param("id"))));
app.post("/api/users/auth", async (c) => {
  const { user_id } = await c.req.json<{ user_id: string }>();
  return c.json(sampleSession(user_id));
});

serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.env["PORT"]) });
