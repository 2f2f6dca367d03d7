import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ruleFile } from "../emit/rule-file.ts";
import { printYaml } from "../emit/yaml.ts";
import { applicationGroups } from "./application.ts";

const run = promisify(execFile);
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "burnrate-application-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Feeds series every 15 s for two hours and gives what promtool says of the values expected at their end. */
async function testApplication(
  series: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, readonly (readonly [labels: string, value: number])[]>>,
): Promise<string> {
  const groups = applicationGroups();
  const rules = ruleFile({ name: "x", groups, sources: ["x"], format: "prometheus", timeScale: 1 });
  await writeFile(join(folder, "rules.yml"), rules.content);
  const test = {
    interval: "15s",
    input_series: Object.entries(series).map(([series, values]) => ({ series, values })),
    promql_expr_test: Object.entries(expected).map(([expr, samples]) => ({
      expr,
      eval_time: "2h",
      exp_samples: samples.map(([labels, value]) => ({ labels, value })),
    })),
  };
  const file = {
    rule_files: ["rules.yml"],
    evaluation_interval: "1m",
    group_eval_order: groups.map((group) => group.name),
    tests: [test],
  };
  await writeFile(join(folder, "test.yml"), printYaml(file));
  const { stdout } = await run("promtool", ["test", "rules", join(folder, "test.yml")]);
  return stdout;
}

const requests = (labels: string): string => `http_requests_total{service="order",${labels}}`;
const bucket = (le: string): string =>
  `http_request_duration_seconds_bucket{service="order",method="GET",path="/a",le="${le}"}`;

it("gives rate, errors and duration by service, method, status class and endpoint, at every window", async () => {
  const said = await testApplication(
    {
      [requests(`method="GET",path="/a",status="200"`)]: "0+135x480",
      [requests(`method="POST",path="/b",status="503"`)]: "0+15x480",
      [requests(`method="GET",path="unmatched",status="404"`)]: "0+999x480",
      [bucket("0.1")]: "0+50x480",
      [bucket("0.5")]: "0+100x480",
      [bucket("+Inf")]: "0+100x480",
    },
    {
      ...Object.fromEntries(
        ["1m", "5m", "15m", "1h"].flatMap((window) => [
          [`round(app:http_requests:rate${window}, 0.001)`, [[`{service="order"}`, 10]]],
          [`round(app:http_errors:ratio${window}, 0.001)`, [[`{service="order"}`, 0.1]]],
          [`round(app:http_request_duration:p90_${window}, 0.001)`, [[`{service="order"}`, 0.42]]],
        ]),
      ),
      "round(app_method:http_errors:ratio5m, 0.001)": [
        [`{service="order",method="GET"}`, 0],
        [`{service="order",method="POST"}`, 1],
      ],
      "round(app_status_class:http_requests:rate1h, 0.001)": [
        [`{service="order",status_class="2xx"}`, 9],
        [`{service="order",status_class="5xx"}`, 1],
      ],
      "round(app_endpoint:http_requests:rate5m, 0.001)": [
        [`{service="order",method="GET",path="/a"}`, 9],
        [`{service="order",method="POST",path="/b"}`, 1],
      ],
    },
  );
  expect(said).toContain("SUCCESS");
});

it("gives an idle service no errors and no duration, and never NaN", async () => {
  const said = await testApplication(
    {
      [requests(`method="GET",path="/a",status="200"`)]: "7x480",
      [bucket("0.5")]: "3x480",
      [bucket("+Inf")]: "3x480",
    },
    {
      "app:http_errors:ratio5m": [[`app:http_errors:ratio5m{service="order"}`, 0]],
      "app:http_errors:ratio1h": [[`app:http_errors:ratio1h{service="order"}`, 0]],
      "app:http_request_duration:p99_5m": [],
    },
  );
  expect(said).toContain("SUCCESS");
});

it("gives utilisation and saturation of machines and containers", async () => {
  const pod = `namespace="shop",pod="order-1",container="order"`;
  const said = await testApplication(
    {
      'node_cpu_seconds_total{instance="n1",cpu="0",mode="idle"}': "0+12x480",
      'node_cpu_seconds_total{instance="n1",cpu="1",mode="idle"}': "0+6x480",
      'node_load1{instance="n1"}': "3x480",
      'node_memory_MemAvailable_bytes{instance="n1"}': "25x480",
      'node_memory_MemTotal_bytes{instance="n1"}': "100x480",
      [`container_cpu_usage_seconds_total{${pod}}`]: "0+6x480",
      [`container_cpu_usage_seconds_total{namespace="shop",pod="order-1",container=""}`]: "0+9x480",
      [`kube_pod_container_resource_requests{${pod},resource="cpu"}`]: "0.5x480",
      [`container_memory_working_set_bytes{${pod}}`]: "90x480",
      [`kube_pod_container_resource_requests{${pod},resource="memory"}`]: "100x480",
    },
    {
      "round(node:cpu_utilisation:ratio1m, 0.001)": [[`{instance="n1"}`, 0.4]],
      "round(node:cpu_utilisation:ratio1h, 0.001)": [[`{instance="n1"}`, 0.4]],
      "node:cpu_saturation:ratio": [[`node:cpu_saturation:ratio{instance="n1"}`, 1.5]],
      "node:memory_utilisation:ratio": [[`node:memory_utilisation:ratio{instance="n1"}`, 0.75]],
      "round(container:cpu_utilisation:ratio5m, 0.001)": [[`{${pod}}`, 0.8]],
      "container:memory_utilisation:ratio": [[`container:memory_utilisation:ratio{${pod}}`, 0.9]],
    },
  );
  expect(said).toContain("SUCCESS");
});
