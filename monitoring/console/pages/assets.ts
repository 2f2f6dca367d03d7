import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Hono } from "hono";
import { digestOf } from "../digest.ts";
import type { Assets } from "./layout.ts";

/** The parts of the one style sheet, in the order in which later ones win. */
const STYLE = ["colors", "base", "frame", "tables", "lab", "lanes", "backtest", "inbox", "message", "phone"];

/** What only the pages of the dashboards need; uPlot's own comes before. */
const DASHBOARD_STYLE = ["board", "panels", "graphs"];

/** @returns the text of a file in `static/`. */
export function staticFile(name: string): string {
  return readFileSync(path.join(import.meta.dirname, "../static", name), "utf8");
}

/** The scripts of the dashboards, which import each other; uPlot comes out of its package. */
const DASHBOARD_SCRIPTS = ["dashboards.js", "chart.js", "tooltip.js", "units.js"];

/** Reads the static files once, and serves them under addresses that carry their digest, to be cached for good. */
export function loadAssets(): { readonly assets: Assets; readonly routes: Hono } {
  const routes = new Hono();
  const serve = (address: string, type: string, text: string): void => {
    const headers = {
      "content-type": type,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
    };
    let packed: Uint8Array<ArrayBuffer> | undefined;
    routes.get(address, (c) =>
      /\bgzip\b/.test(c.req.header("accept-encoding") ?? "")
        ? c.body((packed ??= new Uint8Array(gzipSync(text, { level: 9 }))), 200, {
            ...headers,
            "content-encoding": "gzip",
          })
        : c.body(text, 200, headers),
    );
  };
  const single = (name: string, type: string, text: string): string => {
    serve(`/static/${name}`, type, text);
    return `/static/${name}?${digestOf(text).slice(0, 12)}`;
  };
  /** Scripts that import each other by relative addresses, so the digest of all of them is in the path. */
  const together = (name: string, files: Readonly<Record<string, string>>, first: string): string => {
    const folder = `/static/${name}-${digestOf(...Object.values(files)).slice(0, 12)}`;
    for (const [file, text] of Object.entries(files)) serve(`${folder}/${file}`, SCRIPT_TYPE, text);
    return `${folder}/${first}`;
  };
  const own = DASHBOARD_SCRIPTS.map((file) => [file, staticFile(`dashboards/${file}`)] as const);
  const assets = {
    style: single("console.css", STYLE_TYPE, parts(STYLE)),
    script: single("console.js", SCRIPT_TYPE, staticFile("console.js")),
    icon: single("icon.svg", "image/svg+xml", staticFile("icon.svg")),
    dashboardStyle: single("dashboards.css", STYLE_TYPE, dashboardStyle()),
    dashboards: together("dashboards", { ...Object.fromEntries(own), "uplot.js": uplot() }, "dashboards.js"),
  };
  return { assets, routes };
}

const SCRIPT_TYPE = "text/javascript; charset=utf-8";

const STYLE_TYPE = "text/css; charset=utf-8";

function parts(names: readonly string[]): string {
  return names.map((part) => staticFile(`style/${part}.css`)).join("\n");
}

function dashboardStyle(): string {
  return `${packageFile("uplot/dist/uPlot.min.css")}\n${parts(DASHBOARD_STYLE)}`;
}

/** The package's minified form is a script that sets a variable; as a module it exports it. */
function uplot(): string {
  return `${packageFile("uplot/dist/uPlot.iife.min.js")}\nexport default uPlot;\n`;
}

function packageFile(name: string): string {
  return readFileSync(fileURLToPath(import.meta.resolve(name)), "utf8");
}
