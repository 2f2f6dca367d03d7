import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configSchema } from "../../loadgen/config.ts";
import { failures as orderFailures } from "../../services/order/behaviour.ts";
import { shares } from "../../services/payment/behaviour.ts";
import { failures as userFailures } from "../../services/user/behaviour.ts";
import { parseDuration } from "../compiler/duration.ts";
import { labOf } from "../native/lab.ts";
import { until } from "../native/until.ts";
import { observe } from "../predict/observe.ts";
import { prometheusReader } from "../predict/prometheus-reader.ts";
import { readSloFacts } from "../predict/slo-facts.ts";
import { windowCounts } from "../predict/timeline.ts";
import { parseIncidents } from "./incidents.ts";
import type { IncidentsFile } from "./incidents.ts";
import { labInputs } from "./inputs.ts";
import { latenciesAt } from "./model/latencies.ts";
import { loadShare } from "./model/routes.ts";
import { happenings } from "./what-happened.ts";
import { writePast } from "./write/write-past.ts";
import type { PastResult } from "./write/write-past.ts";

/** For a slow machine too; milliseconds. */
const SOON = 240_000;
const MINUTE_MS = 60_000;
const toMs = Date.parse("2026-11-28T12:00:00Z");
const folder = mkdtempSync(path.join(tmpdir(), "burnrate-history-"));
const directory = path.join(folder, "prometheus");
const incidentsFile = path.join(folder, "incidents.json");
const write = () =>
  writePast({ ...labInputs(), directory, incidentsFile, promtool: "promtool", seed: 1, timeScale: 1, toMs });

let result: PastResult;
let truth: IncidentsFile;
let url: string;
let query: (expression: string) => Promise<number>;
let prometheus: ReturnType<typeof spawn> | undefined;

beforeAll(async () => {
  result = await write();
  truth = parseIncidents(readFileSync(incidentsFile, "utf8"), incidentsFile);
  const configuration = path.join(folder, "prometheus.yml");
  writeFileSync(configuration, "global: {}\n");
  url = `http://127.0.0.1:${await freePort()}`;
  prometheus = spawn(
    "prometheus",
    [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${directory}`,
      "--storage.tsdb.retention.time=100y",
      `--web.listen-address=${url.slice("http://".length)}`,
    ],
    { stdio: "ignore" },
  );
  const ready = async (): Promise<boolean> =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await until(ready, SOON))) throw new Error(`${url} was not ready within ${SOON} ms`);
  const lab = labOf({ url: () => url });
  query = async (expression) => (await lab.query(expression)) ?? Number.NaN;
}, SOON);

afterAll(() => {
  prometheus?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** `@` and a moment, for a query about the past. */
function at(moment: string | number): string {
  return `@ ${(typeof moment === "number" ? moment : Date.parse(moment)) / 1000}`;
}

describe("the past", () => {
  it("was written in blocks that follow each other, with the truth beside them, and is not written again", async () => {
    expect(result).toMatchObject({ outcome: "written" });
    const blocks = readdirSync(directory).filter((name) => name.length === 26);
    expect(blocks.length).toBeGreaterThanOrEqual(13);
    expect(readdirSync(directory).filter((name) => name.startsWith("past"))).toEqual([]);
    expect(truth).toMatchObject({ seed: 1, time_scale: 1, to: "2026-11-28T12:00:00.000Z" });
    expect(truth.incidents.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["errors", "latency", "outage", "dependency"]),
    );
    const before = readFileSync(incidentsFile, "utf8");
    expect(await write()).toEqual({ outcome: "kept" });
    expect(readFileSync(incidentsFile, "utf8")).toBe(before);
  });

  it("has every SLI every 60 seconds for 30 days", async () => {
    const samples = `count_over_time(http_requests_total{path="/api/payments",status="201"}[30d:1m] ${at(toMs)})`;
    expect(await query(samples)).toBeGreaterThanOrEqual(43_200);
  });

  it("tells a prediction all that it asks for, before the first live rule has run", async () => {
    const payment = readSloFacts().find(({ slo }) => slo === "payment-availability");
    if (payment === undefined) throw new Error("there is no SLO payment-availability");
    // A start takes some seconds, counted from the end of the past.
    const seen = await observe(prometheusReader(url), payment, toMs + 20_000);
    const counted = (window: string, more = "") =>
      query(`sum(increase(http_requests_total{service="payment"${more}}[${window}] ${at(toMs)}))`);
    const newest = await counted("5m");
    expect(seen.eventsPerSecond / (newest / 300)).toBeCloseTo(1, 1);
    expect(seen.badShare).toBeCloseTo((await counted("5m", ',status=~"5.."')) / newest, 3);
    for (const window of ["1h", "6h", "1d", "3d"]) {
      const told = windowCounts(seen.past, parseDuration(window), 0).total;
      expect([window, told / (await counted(window))]).toEqual([window, expect.closeTo(1, 1)]);
    }
  });

  it("leaves user healthy, order half spent and payment overspent", async () => {
    const left = (slo: string, sli: string) =>
      query(`slo:error_budget:${sli}_remaining{slo="${slo}-${sli}"} ${at(toMs)}`);
    expect(await left("user", "availability")).toBeGreaterThan(0.6);
    expect(await left("order", "availability")).toBeCloseTo(0.5, 1);
    expect(await left("payment", "availability")).toBeCloseTo(-0.53, 1);
    expect(await left("payment", "latency")).toBeLessThan(0);
  });
});

/** What share of a service's events is bad with nothing broken, from the services' own behaviour data. */
function usualShare(service: string, sli: string): number {
  const { RPS } = configSchema.parse({});
  const { routes, paymentTimeouts } = latenciesAt(RPS);
  const rise = happenings.map(({ effect }) => effect).find(({ kind }) => kind === "payment-failures-rise");
  const paymentFailed = shares.failed * (rise?.kind === "payment-failures-rise" ? rise.calm : 1);
  const creations = loadShare["order.create"];
  const slow = (names: readonly (keyof typeof routes)[], counts: readonly number[]): number => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    // The seventh bound is 0.5 s.
    return (
      names.reduce(
        (sum, name, index) => sum + (1 - (routes[name].within[6] ?? 1)) * (counts[index] ?? 0),
        0,
      ) / all
    );
  };
  const load = (...names: (keyof typeof loadShare)[]) => names.map((name) => loadShare[name]);
  const [pays, lists] = load("payment.pay", "payment.list") as [number, number];
  const expected: Readonly<Record<string, number>> = {
    "payment availability": paymentFailed,
    "payment latency": slow(["payment.pay", "payment.list"], [pays + creations, lists]),
    "user availability": userFailures.default.failed,
    "order availability":
      orderFailures.default.failed +
      3 *
        creations *
        (userFailures.default.failed +
          paymentFailed +
          paymentTimeouts * (1 - shares.declined - shares.fraudulent)),
    "order latency": slow(
      ["order.list", "order.get", "order.create"],
      load("order.list", "order.get", "order.create"),
    ),
  };
  return expected[`${service} ${sli}`] ?? Number.NaN;
}

describe("the budgets of the past", () => {
  it.each([
    ["order", "availability", 0.001],
    ["order", "latency", 0.01],
    ["payment", "availability", 0.001],
    ["payment", "latency", 0.01],
    ["user", "availability", 0.001],
  ])("of %s %s agree to 1 %% with incidents.json, recorded and raw", async (service, sli, budget) => {
    const total =
      sli === "latency"
        ? `http_request_duration_seconds_count{service="${service}",path!="unmatched"}`
        : `http_requests_total{service="${service}",path!="unmatched"}`;
    const events = (range: string, end: string | number) =>
      query(`sum(increase(${total}[${range}] ${at(end)}))`);
    const all = await events("30d", toMs);
    let bad = usualShare(service, sli) * all;
    for (const { start, end, share, ...incident } of truth.incidents) {
      if (incident.service !== service || !incident.sli.includes(sli)) continue;
      const minutes = (Date.parse(end) - Date.parse(start)) / MINUTE_MS;
      bad += share * (await events(`${minutes}m`, end));
    }
    const spent = bad / all / budget;
    const slo = `slo="${service}-${sli}"`;
    const recorded = 1 - (await query(`slo:error_budget:${sli}_remaining{${slo}} ${at(toMs)}`));
    const good =
      sli === "latency"
        ? `sum(increase(http_request_duration_seconds_bucket{service="${service}",le="0.5"}[30d] ${at(toMs)}))`
        : `sum(increase(http_requests_total{service="${service}",status!~"5.."}[30d] ${at(toMs)}))`;
    const raw = (1 - (await query(good)) / all) / budget;
    expect(recorded / spent).toBeGreaterThan(0.99);
    expect(recorded / spent).toBeLessThan(1.01);
    expect(raw / recorded).toBeGreaterThan(0.99);
    expect(raw / recorded).toBeLessThan(1.01);
  });
});

describe("the live rules", () => {
  it("would count the same 30 days from the past's tiles and its newest hour", async () => {
    const slo = `slo="payment-availability"`;
    const count = (what: string) =>
      query(
        `sum(slo:availability:${what}:increase1h{${slo}} ${at(toMs)} or sum_over_time(slo:availability:${what}:tile4m{${slo}}[29d22h58m] ${at(toMs)}))`,
      );
    const ratio = 1 - (await count("bad")) / (await count("total"));
    const past = await query(`slo:availability:ratio_rate30d{${slo}} ${at(toMs)}`);
    expect((1 - ratio) / (1 - past)).toBeCloseTo(1, 2);
  });

  it("find alerts that fired in the past: a page in the outage, tickets that still stand, nothing at user", async () => {
    const outage = truth.incidents.find(({ kind }) => kind === "outage");
    const firing = (matchers: string, end: string | number, range: string) =>
      query(
        `count(max_over_time(ALERTS{alertstate="firing",${matchers}}[${range}] ${at(end)})) or vector(0)`,
      );
    expect(await firing(`slo_tier="page-fast",service="payment"`, outage?.end ?? "", "5m")).toBe(1);
    expect(await firing(`alertname="ErrorBudgetExhausted",service="payment"`, toMs, "5m")).toBe(2);
    expect(await firing(`severity="critical"`, toMs, "5m")).toBe(0);
    expect(await firing(`service="user"`, toMs, "30d")).toBe(0);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
