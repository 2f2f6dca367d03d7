/** Rate, errors and duration of each service, and how durations spread. */
import { MINUTE } from "../../compiler/duration.ts";
import { redSeries, sloSeries } from "../../compiler/names.ts";
import { paint, serviceColours } from "../kit/colours.ts";
import { heat } from "../kit/more-panels.ts";
import { badShareSteps, durationSteps } from "../kit/objectives.ts";
import { graph } from "../kit/panels.ts";
import { buckets, over } from "../kit/queries.ts";
import type { Lab } from "../lab.ts";

const window = 5 * MINUTE;
const chosen = '{service=~"$service"}';

export function serviceRate({ services }: Lab) {
  return graph({
    title: "Requests a second",
    description: "Traffic by service. A sudden drop is as bad a sign as errors: look at who no longer calls.",
    unit: "reqps",
    queries: [over(`${redSeries.rate("app", window)}${chosen}`, "{{service}}")],
    overrides: serviceColours(services),
    runbook: "Traffic",
  }).min(0);
}

export function serviceErrors({ slos, services }: Lab) {
  return graph({
    title: "Share of 5xx",
    description:
      "Above the yellow line the availability budget burns faster than it may, above the red one somebody is paged " +
      "within the hour. Click a peak for its logs.",
    unit: "percentunit",
    queries: [over(`${redSeries.errorRatio("app", window)}${chosen}`, "{{service}}")],
    steps: badShareSteps(slos, "availability"),
    overrides: serviceColours(services),
    runbook: "HighErrorRate",
  }).min(0);
}

export function serviceDuration({ slos, services }: Lab) {
  return graph({
    title: "99th percentile of duration",
    description:
      "One request in a hundred takes longer. The red line is the latency SLO's threshold: a percentile above it " +
      "means that more than 1 % of requests miss it.",
    unit: "s",
    queries: [over(`${redSeries.quantile("app", 99, window)}${chosen}`, "{{service}}")],
    steps: durationSteps(slos),
    overrides: serviceColours(services),
    runbook: "HighLatency",
  }).min(0);
}

export function durationHeat() {
  return heat({
    title: "Requests a second by duration",
    description:
      "Darker is more requests in that bucket. Two bands mean two kinds of requests, or a slow neighbour; a band that " +
      "rises means that everything slows down.",
    unit: "s",
    queries: [buckets(`sum by (le) (${redSeries.bucketRate("app", window)}${chosen})`)],
    runbook: "HighLatency",
  });
}

export function quantiles({ slos }: Lab) {
  const quantile = (share: number): string =>
    `histogram_quantile(${share}, sum by (le) (${redSeries.bucketRate("app", window)}${chosen}))`;
  return graph({
    title: "Percentiles of duration",
    description:
      "Of all chosen services together, beside the latency SLO's threshold. A median that rises is load or a " +
      "dependency; a 99th percentile alone is a few slow requests.",
    unit: "s",
    queries: [50, 90, 95, 99].map((percent) => over(quantile(percent / 100), `p${percent}`)),
    steps: durationSteps(slos),
    overrides: [
      paint("p50", "light-blue"),
      paint("p90", "blue"),
      paint("p95", "purple"),
      paint("p99", "orange"),
    ],
    runbook: "HighLatency",
  }).min(0);
}

export function withinThreshold({ slos, services }: Lab) {
  const ratio = sloSeries.ratio("latency", window);
  return graph({
    title: "Share of requests slower than the SLO's threshold",
    description:
      "What the latency SLO counts as bad, over five minutes. Above the yellow line its budget burns faster than it " +
      "may, above the red one somebody is paged within the hour.",
    unit: "percentunit",
    queries: [over(`1 - ${ratio}${chosen}`, "{{service}}")],
    steps: badShareSteps(slos, "latency"),
    overrides: serviceColours(services),
    runbook: "HighLatency",
  }).min(0);
}
