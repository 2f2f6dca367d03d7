import { Hono } from "hono";
import { z } from "zod";
import { services } from "../../../services/topology.ts";
import { HttpProblem } from "../../../services/kit/errors.ts";
import type { FaultDesk } from "../faults/fault-desk.ts";
import type { ScenarioDesk } from "../faults/scenario-desk.ts";
import { FIELD_LENGTH } from "../limits.ts";
import { LASTING } from "./break.ts";
import { ownForms, readForm } from "./form.ts";

const names = services.map(({ name }) => name);
const part = z.string().max(FIELD_LENGTH);

/** A button's value: `payment/errors/20%/`, `order/dependency/slow/user`. */
const switchField = z
  .string()
  .transform((text) => text.split("/"))
  .pipe(z.tuple([z.enum(names), part, part, part], { error: "want service/fault/variant/target" }));
const onForm = z.strictObject({ for: z.enum(LASTING), switch: switchField });
const scenarioForm = z.strictObject({ scenario: part });
const undoForm = z.strictObject({ key: z.string().max(3 * FIELD_LENGTH) });

/** Where the forms of *Break something* go. Each answers with the way back, so that a reload repeats nothing. */
export function faultRoutes(desk: FaultDesk, scenarios: ScenarioDesk, hostNames: readonly string[]): Hono {
  const app = new Hono();
  for (const check of ownForms(hostNames)) {
    app.use("/faults/*", check);
    app.use("/scenarios/*", check);
  }

  app.post("/faults", async (c) => {
    const { for: lasts, switch: wanted } = await readForm(c, onForm);
    const [service, fault, variant, target] = wanted;
    await desk.switchOn(service, { fault, variant, for: lasts, ...(target === "" ? {} : { target }) });
    return c.redirect("/#break", 303);
  });

  app.post("/faults/undo", async (c) => {
    const { key } = await readForm(c, undoForm);
    await desk.switchOff(key);
    return c.redirect("/#break", 303);
  });

  app.post("/scenarios", async (c) => {
    const { scenario } = await readForm(c, scenarioForm);
    if (!scenarios.start(scenario))
      throw new HttpProblem(409, "not-started", "another scenario is running, or there is none of that name");
    return c.redirect("/#break", 303);
  });

  app.post("/scenarios/stop", (c) => {
    scenarios.stop();
    return c.redirect("/#break", 303);
  });

  return app;
}
