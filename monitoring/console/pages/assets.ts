import { readFileSync } from "node:fs";
import path from "node:path";
import { Hono } from "hono";
import { digestOf } from "../digest.ts";
import type { Assets } from "./layout.ts";

const FILES = {
  "console.css": "text/css; charset=utf-8",
  "console.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
} as const;

/** Reads the static files once, and serves them under addresses that carry their digest, to be cached for good. */
export function loadAssets(): { readonly assets: Assets; readonly routes: Hono } {
  const routes = new Hono();
  const serve = (name: keyof typeof FILES): string => {
    const text = readFileSync(path.join(import.meta.dirname, "../static", name), "utf8");
    const headers = { "content-type": FILES[name], "cache-control": "public, max-age=31536000, immutable" };
    routes.get(`/static/${name}`, (c) => c.body(text, 200, headers));
    return `/static/${name}?${digestOf(text).slice(0, 12)}`;
  };
  const assets = { style: serve("console.css"), script: serve("console.js"), icon: serve("icon.svg") };
  return { assets, routes };
}
