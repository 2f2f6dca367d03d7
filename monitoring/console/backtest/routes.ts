import { Hono } from "hono";
import type { Frame } from "../pages/frame.ts";
import { ownForms } from "../pages/form.ts";
import { backtestPage } from "./page.ts";
import type { BacktestRuns } from "./runs.ts";

/** `/backtest`: the last result, and the button that makes a new one. The first visit makes the first one. */
export function backtestRoutes(
  runs: BacktestRuns,
  frame: Frame,
  now: () => Date,
  hostNames: readonly string[],
): Hono {
  const app = new Hono();
  app.get("/backtest", (c) => {
    runs.ensure();
    return frame(c, { title: "Backtest", active: "backtest", body: backtestPage(runs.read(), now()) });
  });
  for (const check of ownForms(hostNames)) app.on("POST", "/backtest", check);
  app.post("/backtest", (c) => {
    runs.start();
    return c.redirect("/backtest", 303);
  });
  return app;
}
