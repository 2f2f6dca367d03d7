import { z } from "zod";
import { loadSlos } from "../openslo/load.ts";
import type { Command } from "./command.ts";
import { loadOptions, paths, readOptions, retention } from "./options.ts";
import { hasErrors, printProblems, summary } from "./report.ts";

const schema = z.strictObject({ paths, retention, json: z.boolean().default(false) });

/** `slo validate`: every problem of every file. */
export const validate: Command = {
  summary: "tell every problem of every file",
  usage: `validate PATH... [options]

Reads OpenSLO v1 files and folders and tells every problem as
file:line:column: path: message. remedy. [id]

  --retention 45d  how long your Prometheus keeps samples
  --json           print {"problems": [...], "slos": 6} for machines

Ends with 1 when there is an error; warnings alone end with 0.`,
  run(args, { out }) {
    const options = readOptions(args, { retention: "value", json: "flag" }, schema);
    const { slos, problems } = loadSlos(options.paths, loadOptions(options.retention));
    if (options.json) out(`${JSON.stringify({ problems, slos: slos.length }, null, 2)}\n`);
    else {
      const listed = printProblems(problems);
      out(`${listed}${listed === "" ? "" : "\n"}${summary(problems, slos.length)}\n`);
    }
    return hasErrors(problems) ? 1 : 0;
  },
};
