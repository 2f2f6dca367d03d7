/** docker-compose.yml as Compose reads it, for tests that need no Docker. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** The repository's root. */
export const root = path.resolve(import.meta.dirname, "../../..");

const bind = z.strictObject({
  type: z.literal("bind"),
  source: z.string(),
  target: z.string(),
  read_only: z.boolean().optional(),
});

const serviceSchema = z.strictObject({
  image: z.string(),
  build: z
    .strictObject({
      context: z.literal("."),
      dockerfile: z.literal("services/Dockerfile"),
      args: z.strictObject({ APP: z.string(), PORT: z.string() }),
    })
    .optional(),
  user: z.string().optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  env_file: z.string().optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.string() })).default({}),
  healthcheck: z
    .union([
      z.strictObject({ disable: z.literal(true) }),
      z.strictObject({
        test: z.array(z.string()),
        interval: z.string(),
        timeout: z.string(),
        retries: z.number(),
        start_period: z.string(),
      }),
    ])
    .optional(),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  volumes: z.array(z.union([z.string(), bind])).default([]),
  tmpfs: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  mem_limit: z.string().optional(),
  pids_limit: z.number().optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  restart: z.string().optional(),
  init: z.boolean().optional(),
  stop_grace_period: z.string().optional(),
  logging: z.unknown(),
});
export type ComposeService = z.infer<typeof serviceSchema>;

const fileSchema = z.looseObject({
  "x-images": z.record(z.string(), z.string()),
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.strictObject({})),
  volumes: z.record(z.string(), z.strictObject({})),
  secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
});
export type ComposeFile = z.infer<typeof fileSchema>;

const text = readFileSync(path.join(root, "docker-compose.yml"), "utf8");
/** `${NAME:-default}`, the only form that is used, and `$$` for a plain `$`. */
const VARIABLE = /\$\$|\$\{([A-Z_]+):-([^}]*)\}/g;

/**
 * Reads the file.
 *
 * @param env the variables that are set; the others have their defaults.
 * @throws ZodError for a key that no test here knows.
 */
export function readComposeFile(env: Readonly<Record<string, string>> = {}): ComposeFile {
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") {
      return value.replaceAll(VARIABLE, (all, name: string, usual: string) =>
        all === "$$" ? "$" : (env[name] ?? usual),
      );
    }
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item)]));
  };
  return fileSchema.parse(fill(parse(text, { merge: true })));
}

/** The variables of the file and their defaults; throws when one has two. */
export function composeVariables(): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, usual = ""] of text.matchAll(VARIABLE)) {
    if (name === undefined) continue;
    if ((found.get(name) ?? usual) !== usual) throw new RangeError(`${name} has two defaults`);
    found.set(name, usual);
  }
  return found;
}

/** A volume or a folder of this machine, and where a service sees it. */
export interface Mount {
  readonly kind: "volume" | "bind";
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** The mounts of one service, in the order of the file. */
export function mountsOf({ volumes }: Pick<ComposeService, "volumes">): Mount[] {
  return volumes.map((volume) => {
    if (typeof volume !== "string") {
      return {
        kind: "bind",
        source: volume.source,
        target: volume.target,
        readOnly: volume.read_only === true,
      };
    }
    const [source = "", target = "", mode] = volume.split(":");
    return { kind: "volume", source, target, readOnly: mode === "ro" };
  });
}
