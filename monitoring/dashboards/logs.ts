import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { redSeries } from "../compiler/names.ts";
import { colour, paint, serviceColours } from "./kit/colours.ts";
import type { Draft } from "./kit/finish.ts";
import { logLines } from "./kit/more-panels.ts";
import { graph, stack } from "./kit/panels.ts";
import { countLines, lines } from "./kit/queries.ts";
import { anyOf, freeText } from "./kit/variables.ts";
import type { Lab } from "./lab.ts";

/** What the services say: how much, what went wrong, and one request through all of them. */
export function logs(lab: Lab): Draft {
  const builder = new dashboard.DashboardBuilder("Logs")
    .description(
      "What the services wrote: how much, what went wrong, and one request followed through all of them.",
    )
    .time({ from: "now-1h", to: "now" })
    .withVariable(
      anyOf({
        name: "service",
        title: "Service",
        description: "Whose lines are shown. Following one request looks at all of them.",
        series: redSeries.rate("app", 300),
        label: "service",
      }),
    )
    .withVariable(
      freeText("trace_id", "Trace id", "Copy it from a line: the last panel follows that request."),
    )
    .withRow(new dashboard.RowBuilder("How much"))
    .withPanel(byLevel().span(12).height(8))
    .withPanel(byService(lab).span(12).height(8))
    .withRow(new dashboard.RowBuilder("What went wrong"))
    .withPanel(errorRate(lab).span(24).height(7))
    .withPanel(errors().span(24).height(12))
    .withPanel(slow().span(24).height(10))
    .withRow(new dashboard.RowBuilder("One request"))
    .withPanel(oneRequest().span(24).height(12));
  return { uid: "logs", source: "logs.ts", builder };
}

const chosen = 'service=~"$service"';
/** What a line says of a request, in the order in which it is read. */
const short =
  "| json | line_format `{{.method}} {{.route}} {{.status}} {{.duration_ms}} ms {{.reason}} trace_id={{.trace_id}}`";
/** Milliseconds: what the latency SLOs of the lab call slow. */
const SLOW = 500;

function byLevel() {
  return stack({
    title: "Lines a second by level",
    description: "Errors stand on top of the rest. More lines than requests is somebody's debugging left on.",
    unit: "ops",
    queries: [countLines(`sum by (level) (rate({${chosen}}[$__auto]))`, "{{level}}")],
    overrides: [
      paint("info", colour.good),
      paint("warn", colour.notice),
      paint("error", colour.page),
      paint("fatal", "purple"),
    ],
  });
}

function byService({ services }: Lab) {
  return graph({
    title: "Lines a second by service",
    description: "A service that falls silent while it is up has lost its log shipper, or its traffic.",
    unit: "ops",
    queries: [countLines(`sum by (service) (rate({${chosen}}[$__auto]))`, "{{service}}")],
    overrides: serviceColours(services),
  }).min(0);
}

function errorRate({ services }: Lab) {
  return graph({
    title: "Errors a second by service",
    description: "Lines of level error and fatal. Click a peak for the lines of that time.",
    unit: "ops",
    queries: [
      countLines(`sum by (service) (rate({${chosen}, level=~"error|fatal"}[$__auto]))`, "{{service}}"),
    ],
    overrides: serviceColours(services),
    runbook: "HighErrorRate",
  }).min(0);
}

function errors() {
  return logLines({
    title: "Errors",
    description:
      "Newest first: what was asked, what was answered and why. Copy a trace_id into the box above to follow it.",
    queries: [lines(`{${chosen}, level=~"error|fatal"} ${short}`)],
    empty: "No error in this time",
  });
}

function slow() {
  return logLines({
    title: "Slow requests",
    description: `Requests over ${SLOW} ms, newest first: these are what the latency SLO counts as bad.`,
    queries: [lines(`{${chosen}} | json | duration_ms > ${SLOW} ${short.replace("| json ", "")}`)],
    empty: "No slow request in this time",
  });
}

function oneRequest() {
  return logLines({
    title: "One request: $trace_id",
    description:
      "Every line of every service with that trace id. Read it from the bottom up: the first line is the oldest.",
    queries: [lines(`{service=~".+"} | trace_id="$trace_id" | trace_id!=""`)],
    empty: "Copy a trace_id from a line above into the box at the top",
  });
}
