import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { MINUTE } from "../compiler/duration.ts";
import { useSeries } from "../compiler/names.ts";
import { colour } from "./kit/colours.ts";
import type { Draft } from "./kit/finish.ts";
import { graph, lanes } from "./kit/panels.ts";
import { over } from "./kit/queries.ts";
import type { Steps } from "./kit/thresholds.ts";

/** Utilisation, saturation and errors of machines and containers (Brendan Gregg's USE method). */
export function infrastructure(): Draft {
  const builder = new dashboard.DashboardBuilder("Infrastructure")
    .description("Utilisation, saturation and errors of machines and containers: does the ground hold?")
    .time({ from: "now-3h", to: "now" })
    .withRow(new dashboard.RowBuilder("Up or down"))
    .withPanel(targets().span(12).height(9))
    .withPanel(probes().span(12).height(9))
    .withRow(new dashboard.RowBuilder("Machines: processor and memory"))
    .withPanel(cpu().span(8).height(8))
    .withPanel(load().span(8).height(8))
    .withPanel(memory().span(8).height(8))
    .withRow(new dashboard.RowBuilder("Machines: disk and network"))
    .withPanel(disk().span(6).height(8))
    .withPanel(diskBusy().span(6).height(8))
    .withPanel(ioWait().span(6).height(8))
    .withPanel(networkErrors().span(6).height(8))
    .withRow(new dashboard.RowBuilder("Containers (Kubernetes)"))
    .withPanel(containerCpu().span(8).height(8))
    .withPanel(containerMemory().span(8).height(8))
    .withPanel(throttling().span(8).height(8));
  return { uid: "infrastructure", source: "infrastructure.ts", builder };
}

const window = 5 * MINUTE;
/** The alerts' own: a machine is full from nine tenths on. */
const full: Steps = [colour.good, [0.8, colour.notice], [0.9, colour.page]];
const onlyKubernetes = "Only where Kubernetes runs the containers";
const container = "{{namespace}}/{{pod}} {{container}}";
const upOrDown = {
  0: { text: "down", color: colour.page },
  1: { text: "up", color: colour.good },
};

function targets() {
  return lanes({
    title: "Targets that Prometheus scrapes",
    description: "Red: nobody sees what that program does. All of a service down is a page.",
    unit: "none",
    queries: [over("min by (job, service) (up)", "{{job}} {{service}}")],
    states: upOrDown,
    runbook: "TargetDown",
  });
}

function probes() {
  return lanes({
    title: "Services, asked from outside",
    description: "Red with a target that is up: the service is alive and does not answer. Look at its logs.",
    unit: "none",
    queries: [over("min by (service) (probe_success)", "{{service}}")],
    states: upOrDown,
    runbook: "ProbeFailing",
  });
}

function cpu() {
  return share("Processor in use", "Above 90 % for long, requests wait for their turn.", "cpu_utilisation");
}

function load() {
  return graph({
    title: "Processor queue",
    description: "Load of one minute for each core. Above 1 work waits; find who took the processor.",
    unit: "short",
    queries: [over(useSeries.node("cpu_saturation"), "{{instance}}")],
    steps: [colour.good, [1, colour.notice], [2, colour.page]],
    runbook: "Hosts",
  }).min(0);
}

function memory() {
  return graph({
    title: "Memory in use",
    description: "Without what the kernel can give back. Near 100 % it ends processes.",
    unit: "percentunit",
    queries: [over(useSeries.node("memory_utilisation"), "{{instance}}")],
    steps: full,
    runbook: "Hosts",
  })
    .min(0)
    .max(1);
}

function disk() {
  return graph({
    title: "Disk space in use",
    description:
      "Prometheus and Loki stop writing on a full disk. Shorten retention or grow the disk before 90 %.",
    unit: "percentunit",
    queries: [over(useSeries.node("disk_space_utilisation"), "{{instance}} {{mountpoint}}")],
    steps: full,
    runbook: "Hosts",
  })
    .min(0)
    .max(1);
}

function diskBusy() {
  return share(
    "Disk busy",
    "Share of time with a request under way.",
    "disk_utilisation",
    "{{instance}} {{device}}",
  );
}

function ioWait() {
  return share(
    "Processor waits for disk",
    "High with a busy disk: the disk is the bottleneck.",
    "cpu_iowait",
  );
}

function networkErrors() {
  return graph({
    title: "Network packets with errors",
    description: "Any that stay are a cable, a driver or a full queue.",
    unit: "percentunit",
    queries: [over(useSeries.node("network_errors", window), "{{instance}}")],
    steps: [colour.good, [0.001, colour.notice], [0.01, colour.page]],
    runbook: "Hosts",
  }).min(0);
}

function share(title: string, description: string, what: string, legend = "{{instance}}") {
  return graph({
    title,
    description,
    unit: "percentunit",
    queries: [over(useSeries.node(what, window), legend)],
    steps: full,
    runbook: "Hosts",
  }).min(0);
}

function containerCpu() {
  return ofContainers(
    "Processor used of what is requested",
    "Above 1 a container lives on what others leave. Raise its request.",
    useSeries.container("cpu_utilisation", window),
  );
}

function containerMemory() {
  return ofContainers(
    "Memory used of what is requested",
    "Above 1 it is among the first to be ended when memory is short.",
    useSeries.container("memory_utilisation"),
  );
}

function throttling() {
  return ofContainers(
    "Periods throttled",
    "The container wanted more processor than its limit allows: it is slow without being busy. Raise the limit.",
    useSeries.container("cpu_throttling", window),
  );
}

/** The five containers that are worst off: a cluster has too many for one graph. */
function ofContainers(title: string, description: string, series: string) {
  return graph({
    title,
    description: `${description} The five that are worst off.`,
    unit: "percentunit",
    queries: [over(`topk(5, ${series})`, container)],
    steps: [colour.good, [0.9, colour.notice], [1, colour.page]],
    empty: onlyKubernetes,
    runbook: "Containers",
  }).min(0);
}
