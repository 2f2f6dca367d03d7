import { z } from "zod";
import type { Command } from "./command.ts";
import { compileTo } from "./compile-to.ts";
import { paths, readOptions, retention, timeScale } from "./options.ts";

const formatName = z.enum(["prometheus", "operator"], { error: "want prometheus or operator" });
const flag = z.boolean().default(false);

const compileSchema = z.strictObject({
  paths,
  retention,
  out: z.string({ error: "want the folder to write to" }).min(1, { error: "want the folder to write to" }),
  format: formatName.default("prometheus"),
  "time-scale": timeScale,
  application: flag,
  check: flag,
});

const generateSchema = z.strictObject({
  paths: z.array(z.string()).max(0, { error: "generate takes no path" }),
  check: flag,
});

/** What `generate` reads and writes, from the repository's root. */
const generateDefaults = { paths: ["monitoring/slo"], out: "monitoring/generated" } as const;

/** `slo compile`: OpenSLO in, rule files, rule tests and the catalogue of SLOs out. */
export const compile: Command = {
  summary: "turn OpenSLO files into Prometheus rules, alerts and their tests",
  usage: `compile PATH... --out DIR [options]

Writes DIR/rules (recording rules and alerts, one file a service), DIR/rule-tests
(for promtool) and DIR/slos.json (for dashboards). All or nothing is written,
and earlier output that is no longer made is removed.

  --out DIR        the folder to write to
  --format         prometheus: plain rule files (default); operator: PrometheusRule resources
  --application    also write DIR/rules/application.yml: rates, errors and durations by service, node and container
  --time-scale N   make everything N times faster, from 1 to 60, for a workshop or a test
  --retention 45d  how long your Prometheus keeps samples
  --check          write nothing; end with 1 when DIR is not what would be written`,
  run(args, terminal) {
    const forms = {
      out: "value",
      format: "value",
      "time-scale": "value",
      application: "flag",
      retention: "value",
      check: "flag",
    } as const;
    const options = readOptions(args, forms, compileSchema);
    return compileTo({ ...options, timeScale: options["time-scale"] ?? 1 }, terminal);
  },
};

/** `slo generate`: compile what this repository has. */
export const generate: Command = {
  summary: `compile ${generateDefaults.paths.join()} into ${generateDefaults.out}`,
  usage: `generate [options]

Compiles ${generateDefaults.paths.join()} into ${generateDefaults.out}, which is committed.

  --check  write nothing; end with 1 when the folder is not what would be written`,
  run(args, terminal) {
    const { check } = readOptions(args, { check: "flag" }, generateSchema);
    return compileTo(
      { ...generateDefaults, check, application: true, format: "prometheus", timeScale: 1 },
      terminal,
    );
  },
};
