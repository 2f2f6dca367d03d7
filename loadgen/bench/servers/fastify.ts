/**
 * What a careful team would write with Fastify: a counter and a histogram from prom-client, one JSON line of pino a
 * request, and bodies checked against a schema. The same work as our services do, by other means.
 */
import { Counter, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import fastify from "fastify";
import { pino } from "pino";
import { sampleSession, sampleUser } from "./payloads.ts";

const registers = [new Registry()];
const requests = new Counter({
  name: "http_requests_total",
  help: "Requests answered.",
  labelNames: ["method", "path", "status"],
  registers,
});
const durations = new Histogram({
  name: "http_request_duration_seconds",
  help: "Time to answer.",
  labelNames: ["method", "path"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});
for (const register of registers) collectDefaultMetrics({ register });

// Our services write their log without blocking, and this one may do no worse. Fastify's own request log is two lines
// a request, by a child logger each: one line by the hook below is cheaper.
const log = pino(pino.destination({ fd: 1, sync: false }));
const app = fastify({ logger: false });

app.addHook("onResponse", (request, reply, done) => {
  const { method } = request;
  const path = request.routeOptions.url ?? "unmatched";
  const status = String(reply.statusCode);
  requests.inc({ method, path, status });
  durations.observe({ method, path }, reply.elapsedTime / 1000);
  log.info(
    { request_id: request.id, route: path, method, status, duration_ms: reply.elapsedTime },
    "request",
  );
  done();
});

const credentials = {
  type: "object",
  required: ["user_id", "password"],
  additionalProperties: false,
  properties: { user_id: { type: "string", minLength: 1 }, password: { type: "string", minLength: 1 } },
};

app.get("/healthz", (_, reply) => reply.send("ok"));
app.get<{ Params: { id: string } }>("/api/users/:id", (request, reply) =>
  reply.send(sampleUser(request.params.id)),
);
app.post<{ Body: { user_id: string; password: string } }>(
  "/api/users/auth",
  { schema: { body: credentials } },
  (request, reply) => reply.send(sampleSession(request.body.user_id)),
);

await app.listen({ host: "127.0.0.1", port: Number(process.env["PORT"]) });
