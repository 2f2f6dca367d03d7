import { readFileSync } from "node:fs";
import path from "node:path";
import { Hono } from "hono";
import { digestOf } from "../digest.ts";
import type { Assets } from "./layout.ts";

/** The parts of the one style sheet, in the order in which later ones win. */
const STYLE = ["colors", "base", "frame", "tables", "lab", "inbox", "message", "phone"];

/** @returns the text of a file in `static/`. */
export function staticFile(name: string): string {
  return readFileSync(path.join(import.meta.dirname, "../static", name), "utf8");
}

/** Reads the static files once, and serves them under addresses that carry their digest, to be cached for good. */
export function loadAssets(): { readonly assets: Assets; readonly routes: Hono } {
  const routes = new Hono();
  const serve = (name: string, type: string, text: string): string => {
    const headers = { "content-type": type, "cache-control": "public, max-age=31536000, immutable" };
    routes.get(`/static/${name}`, (c) => c.body(text, 200, headers));
    return `/static/${name}?${digestOf(text).slice(0, 12)}`;
  };
  const style = STYLE.map((part) => staticFile(`style/${part}.css`)).join("\n");
  const assets = {
    style: serve("console.css", "text/css; charset=utf-8", style),
    script: serve("console.js", "text/javascript; charset=utf-8", staticFile("console.js")),
    icon: serve("icon.svg", "image/svg+xml", staticFile("icon.svg")),
  };
  return { assets, routes };
}
