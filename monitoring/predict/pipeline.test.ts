import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parseDuration } from "../compiler/duration.ts";
import { delays, tierDelays } from "./pipeline.ts";

const read = (file: string): unknown =>
  parse(readFileSync(path.join(import.meta.dirname, "..", file), "utf8"), { merge: true });

const seconds = z.string().transform(parseDuration);
const routeSchema = z.object({
  matchers: z.array(z.string()),
  group_wait: seconds.optional(),
  group_interval: seconds.optional(),
});
const alertmanagerSchema = z.object({ route: z.object({ routes: z.array(routeSchema) }) });
const prometheusSchema = z.object({
  scrape_configs: z.array(z.object({ job_name: z.string(), scrape_interval: seconds.optional() })),
});

describe("the delays of the pipeline", () => {
  it("are those of alertmanager.yml", () => {
    const { routes } = alertmanagerSchema.parse(read("alertmanager/alertmanager.yml")).route;
    const route = (matcher: string) => routes.filter(({ matchers }) => matchers.includes(matcher));
    for (const { group_wait, group_interval } of route('severity="critical"')) {
      expect({ groupWait: group_wait, groupInterval: group_interval }).toEqual(delays.critical);
    }
    expect(route('severity="critical"')).not.toEqual([]);
    const [slo] = route('category="slo"');
    expect({ groupWait: slo?.group_wait, groupInterval: slo?.group_interval }).toEqual(delays.warning);
  });

  it("are those of prometheus.yml", () => {
    const jobs = prometheusSchema.parse(read("prometheus/prometheus.yml")).scrape_configs;
    expect(jobs.find(({ job_name }) => job_name === "application-services")?.scrape_interval).toBe(
      delays.scrape,
    );
  });

  it("shrink with the time scale, none under a second", () => {
    const fast = { severity: "critical", longSeconds: 3600 } as const;
    expect(tierDelays(fast, 10)).toEqual({ scrape: 1, evaluation: 1.5, groupWait: 1, groupInterval: 6 });
  });
});
