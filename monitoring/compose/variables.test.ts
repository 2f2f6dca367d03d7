import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { composeVariables, root } from "./testing/compose-file.ts";

const example = readFileSync(path.join(root, ".env.example"), "utf8");

it(".env.example names every variable of docker-compose.yml with its default, and sets none", () => {
  const named = [...example.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
  expect(Object.fromEntries(named)).toEqual(Object.fromEntries(composeVariables()));
  expect(example).not.toMatch(/^[^#\n]/m);
});
