import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { colour, dashed, serviceColours } from "./kit/colours.ts";
import type { Draft } from "./kit/finish.ts";
import type { PanelText } from "./kit/dress.ts";
import { graph, number } from "./kit/panels.ts";
import { now, over } from "./kit/queries.ts";
import { anyOf } from "./kit/variables.ts";
import type { Lab } from "./lab.ts";

/** The Node processes: services, load generator, console. */
export function nodejs({ services }: Lab): Draft {
  /** A graph with a line for each program. */
  const lines = (text: PanelText) => graph({ overrides: serviceColours(services), ...text }).min(0);
  const builder = new dashboard.DashboardBuilder("Node.js")
    .description(
      "Event loop, memory, garbage collection and handles of every Node process: is it the runtime?",
    )
    .time({ from: "now-1h", to: "now" })
    .withVariable(
      anyOf({
        name: "instance",
        title: "Program",
        description: "The programs that all panels show.",
        series: "nodejs_version_info",
        label: "instance",
      }),
    )
    .withRow(new dashboard.RowBuilder("Event loop and processor"))
    .withPanel(lines(lag).span(8).height(8))
    .withPanel(lines(worstLag).span(8).height(8))
    .withPanel(lines(processor).span(8).height(8))
    .withRow(new dashboard.RowBuilder("Memory"))
    .withPanel(lines(resident).span(8).height(8))
    .withPanel(lines(heap).span(8).height(8))
    .withPanel(lines(external).span(8).height(8))
    .withRow(new dashboard.RowBuilder("Garbage collection"))
    .withPanel(lines(collecting).span(8).height(8))
    .withPanel(lines(pauses).span(8).height(8))
    .withPanel(lines(kinds).span(8).height(8))
    .withRow(new dashboard.RowBuilder("Handles and age"))
    .withPanel(lines(handles).span(8).height(8))
    .withPanel(lines(descriptors).span(8).height(8))
    .withPanel(number(age).span(8).height(8));
  return { uid: "nodejs", source: "nodejs.ts", builder };
}

const chosen = '{instance=~"$instance"}';
const rate = (metric: string): string => `rate(${metric}${chosen}[$__rate_interval])`;
/** What every program exports, of the Node ones alone. */
const ofNode = (expr: string): string => `${expr} and on (instance) nodejs_version_info`;
const program = "{{instance}}";

const lag: PanelText = {
  title: "Event loop lag, 99th percentile",
  description:
    "How late timers and answers are. Above 200 ms something blocks the loop: look for synchronous work.",
  unit: "s",
  queries: [over(`nodejs_eventloop_lag_p99_seconds${chosen}`, program)],
  steps: [colour.good, [0.1, colour.notice], [0.2, colour.page]],
  runbook: "EventLoopLagHigh",
};

const worstLag: PanelText = {
  title: "Event loop lag, longest",
  description:
    "The longest stall between two scrapes. One peak is a collection or a big body; a row of them is a habit.",
  unit: "s",
  queries: [over(`nodejs_eventloop_lag_max_seconds${chosen}`, program)],
  steps: [colour.good, [0.5, colour.notice], [1, colour.page]],
  runbook: "EventLoopLagHigh",
};

const processor: PanelText = {
  title: "Processor time",
  description:
    "In cores. JavaScript runs on one: near 1 the program can do no more, whatever the machine has.",
  unit: "short",
  queries: [over(ofNode(rate("process_cpu_seconds_total")), program)],
  steps: [colour.good, [0.7, colour.notice], [0.9, colour.page]],
};

const resident: PanelText = {
  title: "Resident memory",
  description:
    "What the machine gives. Growth that never comes back is a leak: compare with the heap beside.",
  unit: "bytes",
  queries: [over(ofNode(`process_resident_memory_bytes${chosen}`), program)],
};

const heap: PanelText = {
  title: "Heap used",
  description: "A saw-tooth is healthy. A rising floor under it is a leak of objects.",
  unit: "bytes",
  queries: [over(`nodejs_heap_size_used_bytes${chosen}`, program)],
};

const external: PanelText = {
  title: "External memory",
  description:
    "Buffers outside the heap. Growth here and not in the heap is bodies or sockets that are kept.",
  unit: "bytes",
  queries: [over(`nodejs_external_memory_bytes${chosen}`, program)],
};

const collecting: PanelText = {
  title: "Time spent collecting",
  description: "Share of time in garbage collection. Above 10 % the heap is too small for what is allocated.",
  unit: "percentunit",
  queries: [over(`sum by (service, instance) (${rate("nodejs_gc_duration_seconds_sum")})`, program)],
  steps: [colour.good, [0.05, colour.notice], [0.1, colour.page]],
};

const pauses: PanelText = {
  title: "Mean pause",
  description:
    "How long one collection stops the program. Compare its peaks with those of the event loop lag.",
  unit: "s",
  queries: [
    over(
      `sum by (service, instance) (${rate("nodejs_gc_duration_seconds_sum")}) / ` +
        `(sum by (service, instance) (${rate("nodejs_gc_duration_seconds_count")}) > 0)`,
      program,
    ),
  ],
  steps: [colour.good, [0.05, colour.notice], [0.1, colour.page]],
};

const kinds: PanelText = {
  title: "Collections a second by kind",
  description: "Minor ones are cheap and many. Major ones that grow mean that the old generation fills.",
  unit: "ops",
  queries: [over(`sum by (kind) (${rate("nodejs_gc_duration_seconds_count")})`, "{{kind}}")],
  overrides: [dashed("minor")],
};

const handles: PanelText = {
  title: "Active resources",
  description:
    "Sockets, timers and servers that keep the loop alive. Growth under steady traffic is connections that leak.",
  unit: "short",
  queries: [over(`sum by (service, instance) (nodejs_active_resources${chosen})`, program)],
};

const descriptors: PanelText = {
  title: "File descriptors in use",
  description: "Share of what the process may open. At 1 it takes no connection any more.",
  unit: "percentunit",
  queries: [over(ofNode(`process_open_fds${chosen} / process_max_fds${chosen}`), program)],
  steps: [colour.good, [0.7, colour.notice], [0.9, colour.page]],
};

const age: PanelText = {
  title: "Running for",
  description:
    "Since the last start. A program younger than its neighbours was restarted: see its logs of that time.",
  unit: "s",
  decimals: 1,
  queries: [now(ofNode(`time() - process_start_time_seconds${chosen}`), program)],
  steps: [colour.notice, [900, colour.good]],
  runbook: "InstanceRestarted",
};
