import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { ports, services } from "./topology.ts";
import type { Service } from "./topology.ts";

// To add a service, add it to topology.ts and run this test: it says, in words, what is still to be done.

const repository = path.join(import.meta.dirname, "..");

const scrapeSchema = z.object({
  scrape_configs: z.array(
    z.object({
      job_name: z.string(),
      static_configs: z
        .array(
          z.object({ targets: z.array(z.string()), labels: z.record(z.string(), z.string()).default({}) }),
        )
        .default([]),
    }),
  ),
});

const lintSchema = z.object({
  overrides: z.array(
    z.object({
      files: z.array(z.string()),
      rules: z.object({
        "no-restricted-imports": z
          .tuple([z.string(), z.object({ patterns: z.array(z.object({ group: z.array(z.string()) })) })])
          .optional(),
      }),
    }),
  ),
});

describe("the topology", () => {
  it("has everything that each of its services needs", () => {
    expect(services.flatMap((service) => missing(service, repository))).toEqual([]);
  });

  it("gives every listener a port of its own", () => {
    const all = [...services.flatMap(({ port, adminPort }) => [port, adminPort]), ...Object.values(ports)];
    expect(new Set(all).size).toBe(all.length);
  });

  it("lets services depend on services of the list only, and on none that depends on them", () => {
    const names = services.map(({ name }) => name);
    for (const { name, dependsOn } of services) {
      expect(names).toEqual(expect.arrayContaining([...dependsOn]));
      expect(
        services.filter((other) => dependsOn.includes(other.name)).flatMap((other) => other.dependsOn),
      ).not.toContain(name);
    }
  });
});

describe("a new entry in the topology", () => {
  it("is told in words what is missing", () => {
    const cart = { name: "cart", port: 8084, adminPort: 9084, dependsOn: [], main: "services/cart/main.ts" };
    const root = mkdtempSync(path.join(tmpdir(), "burnrate-topology-"));
    try {
      write(root, "services/cart/app.ts", "");
      write(root, "monitoring/prometheus/prometheus.yml", "scrape_configs: []\n");
      write(root, ".oxlintrc.json", '{ "overrides": [] }\n');
      expect(missing(cart, root)).toEqual([
        "cart: services/cart/main.ts is missing: the program, which wires configuration, app and boot",
        "cart: services/cart/README.md is missing: endpoints, behaviour, metrics and environment, in 15 to 50 lines",
        "cart: monitoring/slo/cart.yaml is missing: the objectives, as OpenSLO",
        "cart: monitoring/prometheus/prometheus.yml has no target cart:8084 in the job application-services",
        "cart: .oxlintrc.json has no wall around services/cart: the override for services/{…}/** must name it",
        "cart: .oxlintrc.json lets the other services import it: the wall must forbid ../cart/**",
      ]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it("is told when its target has the wrong label", () => {
    const order = services.find(({ name }) => name === "order");
    const root = mkdtempSync(path.join(tmpdir(), "burnrate-topology-"));
    try {
      write(
        root,
        "monitoring/prometheus/prometheus.yml",
        "scrape_configs: [{ job_name: application-services, static_configs: [{ targets: [order:8081] }] }]\n",
      );
      write(root, ".oxlintrc.json", '{ "overrides": [] }\n');
      expect(order && missing(order, root)).toContain(
        "order: monitoring/prometheus/prometheus.yml does not give the target order:8081 the label service=order",
      );
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});

type Entry = Omit<Service, "name"> & { readonly name: string };

/** What a service of the list still lacks, a sentence each. */
function missing(service: Entry, root: string): string[] {
  const { name } = service;
  return [...missingFiles(service, root), ...missingTarget(service, root), ...missingWall(name, root)].map(
    (what) => `${name}: ${what}`,
  );
}

function missingFiles({ name, main }: Entry, root: string): string[] {
  const wanted = [
    [main, "the program, which wires configuration, app and boot"],
    [`services/${name}/app.ts`, "createApp(deps), which the tests use without a port"],
    [`services/${name}/README.md`, "endpoints, behaviour, metrics and environment, in 15 to 50 lines"],
    [`monitoring/slo/${name}.yaml`, "the objectives, as OpenSLO"],
  ] as const;
  return wanted
    .filter(([file]) => !existsSync(path.join(root, file)))
    .map(([file, what]) => `${file} is missing: ${what}`);
}

function missingTarget({ name, port }: Entry, root: string): string[] {
  const file = "monitoring/prometheus/prometheus.yml";
  const { scrape_configs: jobs } = scrapeSchema.parse(parse(readFileSync(path.join(root, file), "utf8")));
  const job = jobs.find(({ job_name }) => job_name === "application-services");
  const target = `${name}:${port}`;
  const entry = job?.static_configs.find(({ targets }) => targets.includes(target));
  if (entry === undefined) return [`${file} has no target ${target} in the job application-services`];
  return entry.labels["service"] === name
    ? []
    : [`${file} does not give the target ${target} the label service=${name}`];
}

function missingWall(name: string, root: string): string[] {
  const file = ".oxlintrc.json";
  const { overrides } = lintSchema.parse(JSON.parse(readFileSync(path.join(root, file), "utf8")));
  const walls = overrides.filter(({ files }) => files.some((glob) => glob.startsWith("services/{")));
  const named = walls.some(({ files }) =>
    files.some((glob) => /\{(.*)\}/.exec(glob)?.[1]?.split(",").includes(name)),
  );
  const forbidden = walls.some(({ rules }) =>
    rules["no-restricted-imports"]?.[1].patterns.some(({ group }) => group.includes(`../${name}/**`)),
  );
  return [
    ...(named
      ? []
      : [`${file} has no wall around services/${name}: the override for services/{…}/** must name it`]),
    ...(forbidden ? [] : [`${file} lets the other services import it: the wall must forbid ../${name}/**`]),
  ];
}

function write(root: string, file: string, content: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
}
