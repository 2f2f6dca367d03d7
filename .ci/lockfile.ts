/**
 * Makes package-lock.json portable: `node .ci/lockfile.ts` after every change of a dependency.
 *
 * 1. No download addresses: a lockfile that names a registry's host ties the project to it.
 * 2. Every platform's optional binary is listed. npm drops those that the registry at hand does not
 *    carry, and `npm ci` then refuses the lockfile as out of step with package.json. An entry without
 *    `integrity` is legal; npm verifies the ones that have it.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";

const entrySchema = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockSchema = z.looseObject({ packages: z.record(z.string(), entrySchema) });

const path = new URL("../package-lock.json", import.meta.url);
const lock = lockSchema.parse(JSON.parse(readFileSync(path, "utf8")));
const packages = { ...lock.packages };

for (const entry of Object.values(lock.packages)) {
  delete entry.resolved;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (packages[key] !== undefined || !/^\d/.test(version)) continue;
    packages[key] = { version, ...platformOf(name), dev: true, optional: true };
  }
}

const sorted = Object.fromEntries(Object.entries(packages).toSorted(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);

/** Reads `{ os, cpu }` from a binary package's name, such as `@oxlint/binding-darwin-arm64`. */
function platformOf(name: string): { os?: string[]; cpu?: string[] } {
  const found = /(android|darwin|freebsd|linux|openharmony|win32|wasm32)-?([a-z0-9]+)?/.exec(name);
  if (found === null) return {};
  const [, os = "", cpu = ""] = found;
  if (os === "wasm32") return { cpu: ["wasm32"] };
  return { os: [os], ...(cpu === "" ? {} : { cpu: [cpu === "universal" ? "arm64" : cpu] }) };
}
