import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Hono } from "hono";
import { html } from "hono/html";
import { HttpProblem } from "../../../services/kit/errors.ts";
import type { Frame } from "./frame.ts";
import { markdown } from "./markdown.ts";

const folder = path.join(import.meta.dirname, "../../runbooks");

/** The runbooks of the repository as pages, so that they can be read where the internet cannot be reached. */
export function runbookRoutes(frame: Frame): Hono {
  const app = new Hono();
  const runbooks = new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith(".md"))
      .map((file) => [path.basename(file, ".md"), readFileSync(path.join(folder, file), "utf8")]),
  );

  app.get("/runbooks/:alert", (c) => {
    const name = runbookOf(c.req.param("alert"), runbooks);
    const text = name === undefined ? undefined : runbooks.get(name);
    if (name === undefined || text === undefined)
      throw new HttpProblem(404, "not-found", "there is no runbook for an alert of this name");
    const body = html`<article class="runbook">${markdown(text)}</article>`;
    return frame(c, { title: `Runbook ${name}`, active: null, body });
  });

  return app;
}

/** Most alerts have a page of their own; the others are a heading on a page about their subject. */
function runbookOf(alert: string, runbooks: ReadonlyMap<string, string>): string | undefined {
  if (runbooks.has(alert)) return alert;
  return runbooks.entries().find(([, text]) => text.split("\n").includes(`## ${alert}`))?.[0];
}
