/** The labels that Prometheus gives to what it scrapes, so that the past continues in the very same series. */
import { z } from "zod";
import type { Labels } from "./model/counters.ts";

const configSchema = z.looseObject({
  scrape_configs: z.array(
    z.looseObject({
      job_name: z.string(),
      relabel_configs: z.array(z.unknown()).default([]),
      static_configs: z.array(
        z.looseObject({
          targets: z.array(z.string()),
          labels: z.record(z.string(), z.string()).default({}),
        }),
      ),
    }),
  ),
});

/**
 * Reads the targets of a prometheus.yml.
 *
 * @param config the file, parsed: the hand-written one, whose addresses are `instance` however the stack runs.
 * @returns the labels of each target that is scraped directly, in the file's order.
 */
export function readTargets(config: unknown): Labels[] {
  return configSchema
    .parse(config)
    .scrape_configs.filter(({ relabel_configs }) => relabel_configs.length === 0)
    .flatMap(({ job_name: job, static_configs }) =>
      static_configs.flatMap(({ targets, labels }) =>
        targets.map((instance) => ({ instance, job, ...labels })),
      ),
    );
}

/**
 * Finds a target by its host.
 *
 * @throws RangeError when it is not scraped.
 */
export function targetOf(targets: readonly Labels[], host: string): Labels {
  const target = targets.find(({ instance }) => instance?.startsWith(`${host}:`));
  if (target !== undefined) return target;
  throw new RangeError(
    `monitoring/prometheus/prometheus.yml: no target has the host "${host}"; the past needs it`,
  );
}
