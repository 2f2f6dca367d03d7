import path from "node:path";
import { z } from "zod";
import { LOOPBACK } from "../ports.ts";
import type { Plan } from "../components/plan.ts";

/** Where the image mounts its volume; every path of the hand-written file lies in it. */
const DATA = "/loki";

// Only what is changed here is described; Loki judges the rest.
const schema = z.looseObject({
  server: z.looseObject({ http_listen_port: z.number() }),
  frontend_worker: z.looseObject({ frontend_address: z.string() }),
});

/**
 * Turns the production configuration into the lab's: paths of the image become folders of the lab, and it listens on
 * this stack's ports of the loopback only.
 *
 * @param source loki.yml, parsed.
 * @throws ZodError for an unexpected shape.
 */
export function deriveLoki(
  source: unknown,
  { ports, stateDirectory }: Pick<Plan, "ports" | "stateDirectory">,
): { readonly config: z.infer<typeof schema> } {
  const { server, frontend_worker, ...rest } = schema.parse(source);
  const config = {
    ...rest,
    server: {
      ...server,
      http_listen_address: LOOPBACK,
      http_listen_port: ports.loki,
      grpc_listen_port: ports.lokiGrpc,
    },
    frontend_worker: { ...frontend_worker, frontend_address: `${LOOPBACK}:${ports.lokiGrpc}` },
  };
  return { config: moved(config, path.join(stateDirectory, "loki")) as z.infer<typeof schema> };
}

/** The same document with every path below the image's data folder moved. */
function moved(value: unknown, folder: string): unknown {
  if (typeof value === "string")
    return value === DATA || value.startsWith(`${DATA}/`) ? folder + value.slice(DATA.length) : value;
  if (Array.isArray(value)) return value.map((each) => moved(each, folder));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, moved(each, folder)]));
}
