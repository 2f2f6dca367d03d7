import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { ports, services } from "../../services/topology.ts";

const staticConfig = z.object({
  targets: z.array(z.string()),
  labels: z.record(z.string(), z.string()).default({}),
});
const jobSchema = z.object({
  job_name: z.string(),
  sample_limit: z.number().positive(),
  body_size_limit: z.string(),
  params: z.record(z.string(), z.array(z.string())).optional(),
  static_configs: z.array(staticConfig),
  relabel_configs: z.array(z.object({ replacement: z.string().optional() })).default([]),
});
const schema = z.object({ scrape_configs: z.array(jobSchema) });
const blackboxSchema = z.object({ modules: z.record(z.string(), z.object({})) });

const jobs = new Map(
  schema.parse(read("prometheus.yml")).scrape_configs.map((job) => [job.job_name, job] as const),
);

it.each(["application-services", "blackbox-http"])("%s looks at every service of the topology", (name) => {
  expect(jobs.get(name)?.static_configs).toEqual(
    services.map((service) => ({
      targets: [`${service.name}:${service.port}`],
      labels: { service: service.name },
    })),
  );
});

it("every other job looks at one program on the topology's port, and names no service", () => {
  const others = [...jobs].filter(([name]) => name !== "application-services" && name !== "blackbox-http");
  expect(others.map(([name, { static_configs }]) => [name, static_configs])).toEqual([
    ["loadgen", [{ targets: [`loadgen:${ports.loadgen}`], labels: {} }]],
    ["console", [{ targets: [`console:${ports.console}`], labels: {} }]],
    ["prometheus", [{ targets: [`prometheus:${ports.prometheus}`], labels: {} }]],
    ["alertmanager", [{ targets: [`alertmanager:${ports.alertmanager}`], labels: {} }]],
    ["loki", [{ targets: [`loki:${ports.loki}`], labels: {} }]],
    ["node-exporter", [{ targets: [`node-exporter:${ports.nodeExporter}`], labels: {} }]],
  ]);
});

it("probes go through the blackbox exporter's port, with a module that it has", () => {
  const probes = jobs.get("blackbox-http");
  expect(probes?.relabel_configs.at(-1)?.replacement).toBe(`blackbox-exporter:${ports.blackboxExporter}`);
  const { modules } = blackboxSchema.parse(read("../blackbox/blackbox.yml"));
  expect(Object.keys(modules)).toEqual(probes?.params?.["module"]);
});

function read(file: string): unknown {
  return parse(readFileSync(new URL(file, import.meta.url), "utf8"));
}
