import { z } from "zod";
import { explainSlo } from "../explain/explain.ts";
import { printExplanation } from "../explain/print.ts";
import { loadSlos } from "../openslo/load.ts";
import type { Command } from "./command.ts";
import { loadOptions, paths, readOptions, retention } from "./options.ts";
import { hasErrors, printProblems } from "./report.ts";

const schema = z.strictObject({ paths, retention, json: z.boolean().default(false) });

/** `slo explain`: budgets, and when each alert fires and clears. */
export const explain: Command = {
  summary: "tell each SLO's budget, and when its alerts fire and clear",
  usage: `explain PATH... [options]

Tells for each SLO its error budget in time and in events, and for each alert
tier its windows, burn rate and threshold, how long it takes to fire and to
clear at several error ratios, how much of the budget is gone by then, and
what can never fire. Supposes even traffic and no earlier errors.

  --retention 45d  how long your Prometheus keeps samples
  --json           print all numbers for machines; durations are seconds

Ends with 1 when a file has an error; what can be read is explained all the same.`,
  run(args, { out, err, now }) {
    const options = readOptions(args, { retention: "value", json: "flag" }, schema);
    const { slos, problems } = loadSlos(options.paths, loadOptions(options.retention));
    err(printProblems(problems));
    const at = now();
    const explanations = slos.map((slo) => explainSlo(slo, at));
    if (options.json) out(`${JSON.stringify({ slos: explanations }, null, 2)}\n`);
    else if (explanations.length > 0) out(`${explanations.map(printExplanation).join("\n\n")}\n`);
    return hasErrors(problems) ? 1 : 0;
  },
};
