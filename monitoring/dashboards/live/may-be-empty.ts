/** Queries that may give nothing on a healthy demo, and why. */

interface Excuse {
  readonly dashboard: string;
  readonly panel: string;
  readonly reason: string;
}

const kubernetes = "the demo runs no Kubernetes, which exports it";
const allIsWell =
  "no alert fires while all is well; behind a start the slowest rules first run after four minutes";

export const mayBeEmpty: readonly Excuse[] = [
  { dashboard: "infrastructure", panel: "Processor used of what is requested", reason: kubernetes },
  { dashboard: "infrastructure", panel: "Memory used of what is requested", reason: kubernetes },
  { dashboard: "infrastructure", panel: "Periods throttled", reason: kubernetes },
  { dashboard: "slo-overview", panel: "SLO alerts firing", reason: allIsWell },
  { dashboard: "alerting", panel: "Firing now", reason: allIsWell },
  { dashboard: "logs", panel: "One request: $trace_id", reason: "nobody has chosen a request yet" },
  { dashboard: "logs", panel: "Errors", reason: "a minute without an error is a good one" },
  {
    dashboard: "logs",
    panel: "Errors a second by service",
    reason: "a minute without an error is a good one",
  },
  { dashboard: "logs", panel: "Slow requests", reason: "a minute without a slow request is a good one" },
];
