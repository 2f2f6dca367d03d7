/** What there is to ask in this repository, read from where it is decided. */
import { readFileSync } from "node:fs";
import { Registry } from "prom-client";
import { parse } from "yaml";
import { z } from "zod";
import { loadgenMetrics } from "../../../loadgen/metrics.ts";
import { scenarios } from "../../../loadgen/scenarios.ts";
import { services } from "../../../services/topology.ts";
import { parseDuration } from "../../compiler/duration.ts";
import { consoleMetrics } from "../../console/metrics.ts";
import { recordedNames } from "../../prometheus/recorded.ts";
import { foreignMetrics } from "./foreign-metrics.ts";
import type { Known } from "./queries.ts";

const root = new URL("../../../", import.meta.url);
const scrapeSchema = z.object({
  global: z.object({ scrape_interval: z.string() }),
  scrape_configs: z.array(z.object({ job_name: z.string(), scrape_interval: z.string().optional() })),
});
const sourcesSchema = z.object({ datasources: z.array(z.object({ uid: z.string(), type: z.string() })) });

/** Reads the provisioned data sources, and everything that is recorded or exported. */
export async function readKnown(): Promise<Known> {
  const { global, scrape_configs } = scrapeSchema.parse(parse(read("monitoring/prometheus/prometheus.yml")));
  const usual = parseDuration(global.scrape_interval);
  const own = scrape_configs.find(({ job_name }) => job_name === "application-services")?.scrape_interval;
  const often = own === undefined ? usual : parseDuration(own);
  const { datasources } = sourcesSchema.parse(
    parse(read("monitoring/grafana/provisioning/datasources/datasources.yml")),
  );
  const ofServices = services.flatMap(({ name }) => exposed(read(`services/${name}/metrics.snapshot.txt`)));
  const others = exposed(await ourPrograms().metrics());
  return {
    dataSources: new Map(datasources.map(({ uid, type }) => [type, uid])),
    scrapeSeconds: new Map([
      ...ofServices.map((name): [string, number] => [name, often]),
      // Every Node program exports these, and most are scraped as usual.
      ...ofServices
        .filter((name) => /^(?:nodejs|process)_/.test(name))
        .map((name): [string, number] => [name, usual]),
      ...[...others, ...recordedNames(), ...foreignMetrics.flatMap(({ names }) => names)].map(
        (name): [string, number] => [name, usual],
      ),
    ]),
  };
}

/** The metrics of the load generator and the console, neither of which runs. */
function ourPrograms(): Registry {
  const registry = new Registry();
  loadgenMetrics({ registry, scenarios, currentRps: () => 0 });
  consoleMetrics(registry, {
    inbox: { size: 0, bytes: 0 },
    live: { streams: 0 },
    deadMansSwitch: { read: () => ({ lastHeardAt: undefined }) },
  } as never);
  return registry;
}

/** The names of all series of an exposition, those of histograms with their endings. */
function exposed(exposition: string): string[] {
  return [...exposition.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = "", type]) =>
    type === "histogram" ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  );
}

function read(path: string): string {
  return readFileSync(new URL(path, root), "utf8");
}
