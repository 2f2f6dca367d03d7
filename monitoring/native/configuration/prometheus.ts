import { z } from "zod";
import { resolveHost, type Hosts } from "./hosts.ts";
import { parseDuration } from "../../compiler/duration.ts";
import { scaleDuration } from "./scale-duration.ts";

const staticConfig = z.strictObject({
  targets: z.array(z.string()),
  labels: z.record(z.string(), z.string()).optional(),
});
const times = { scrape_interval: z.string().optional(), scrape_timeout: z.string().optional() };
const scrapeConfig = z.looseObject({
  ...times,
  job_name: z.string(),
  static_configs: z.array(staticConfig),
  relabel_configs: z.array(z.looseObject({ replacement: z.string().optional() })).optional(),
});
// Only what is changed here is described; promtool judges the rest.
const schema = z.looseObject({
  global: z.looseObject({ ...times, evaluation_interval: z.string().optional() }),
  alerting: z.looseObject({
    alertmanagers: z.array(z.looseObject({ static_configs: z.array(staticConfig) })),
  }),
  scrape_configs: z.array(scrapeConfig),
});

type StaticConfig = z.infer<typeof staticConfig>;
type ScrapeConfig = z.infer<typeof scrapeConfig>;

export interface DerivedPrometheus {
  /** The configuration of this stack, to be written as YAML. */
  readonly config: z.infer<typeof schema>;
  /** Scrape jobs that were left out because what they scrape, or scrape through, does not run here. */
  readonly leftOut: readonly string[];
  /** The slowest scrape interval of the source, in seconds. */
  readonly scrapeSeconds: number;
}

/**
 * Turns the production configuration into this machine's: hosts become loopback ports and every interval N times
 * shorter. Each target keeps its production address as `instance`, so that series are the same however the stack runs.
 *
 * @param source prometheus.yml, parsed.
 * @param timeScale how many times shorter the intervals are, none under one second.
 * @throws RangeError for an unknown host or a bad duration; ZodError for an unexpected shape.
 */
export function derivePrometheus(source: unknown, hosts: Hosts, timeScale: number): DerivedPrometheus {
  const config = schema.parse(source);
  const local = (configs: readonly StaticConfig[], place: string): StaticConfig[] =>
    configs.flatMap((each) => localTargets(each, hosts, place));
  const jobs = config.scrape_configs.map((job) =>
    withStatic(scaledTimes(job, timeScale), local(job.static_configs, `job ${job.job_name}`)),
  );
  const kept = jobs.filter((job) => job.static_configs.length > 0 && !relabelsToAbsent(job, hosts));
  return {
    config: {
      ...config,
      global: scaledTimes(config.global, timeScale),
      alerting: {
        ...config.alerting,
        alertmanagers: config.alerting.alertmanagers.map((each) =>
          withStatic(each, local(each.static_configs, "alerting")),
        ),
      },
      scrape_configs: kept.map((job) => withLocalReplacements(job, hosts)),
    },
    leftOut: jobs.filter((job) => !kept.includes(job)).map((job) => job.job_name),
    scrapeSeconds: Math.max(...[config.global, ...config.scrape_configs].map(scrapeSeconds)),
  };
}

function withStatic<T extends { static_configs: StaticConfig[] }>(section: T, configs: StaticConfig[]): T {
  return { ...section, static_configs: configs };
}

function localTargets({ targets, labels }: StaticConfig, hosts: Hosts, place: string): StaticConfig[] {
  return targets.flatMap((target) => {
    const address = resolveHost(hosts, target, place);
    return address === undefined ? [] : [{ targets: [address], labels: { instance: target, ...labels } }];
  });
}

type Times = Partial<
  Record<"scrape_interval" | "scrape_timeout" | "evaluation_interval", string | undefined>
>;

function scaledTimes<T extends Times>(section: T, timeScale: number): T {
  const scaled: Times = {};
  for (const key of ["scrape_interval", "scrape_timeout", "evaluation_interval"] as const) {
    if (section[key] !== undefined) scaled[key] = scaleDuration(section[key], timeScale);
  }
  return { ...section, ...scaled };
}

function scrapeSeconds({ scrape_interval: interval }: Times): number {
  return interval === undefined ? 0 : parseDuration(interval);
}

function relabelsToAbsent(job: ScrapeConfig, hosts: Hosts): boolean {
  return replacements(job).some((host) => resolveHost(hosts, host, `job ${job.job_name}`) === undefined);
}

function withLocalReplacements<T extends ScrapeConfig>(job: T, hosts: Hosts): T {
  if (job.relabel_configs === undefined) return job;
  return {
    ...job,
    relabel_configs: job.relabel_configs.map((rule) =>
      isHost(rule.replacement) ? withReplacement(rule, hosts.get(rule.replacement)) : rule,
    ),
  };
}

function withReplacement<T extends object>(rule: T, replacement: string | undefined): T {
  return { ...rule, replacement };
}

function replacements(job: ScrapeConfig): string[] {
  return (job.relabel_configs ?? []).map(({ replacement }) => replacement).filter(isHost);
}

function isHost(text: string | undefined): text is string {
  return text !== undefined && /^[a-z][a-z0-9.-]*:\d+$/.test(text);
}
