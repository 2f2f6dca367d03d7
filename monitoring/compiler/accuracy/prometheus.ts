/** A Prometheus on backfilled history, for tests and benchmarks. It scrapes nothing and evaluates nothing by itself. */
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

const program = "prometheus";

interface QueryResult {
  /** The first sample's value; undefined when the query gives none. */
  readonly value: number | undefined;
  /** Samples that the engine touched. */
  readonly samples: number;
  /** Seconds that the engine worked. */
  readonly seconds: number;
}

export interface BackfilledPrometheus {
  /** Its address. */
  readonly url: string;
  /** Evaluates an instant query at a moment, in seconds since 1970. */
  query(promql: string, at: number): Promise<QueryResult>;
  stop(): Promise<void>;
}

/**
 * Backfills OpenMetrics text with promtool and starts Prometheus on the blocks, on a free port of this machine.
 *
 * @param openMetrics the history.
 * @throws Error when promtool writes no block or Prometheus does not get ready within a minute.
 */
export async function startBackfilled(openMetrics: string): Promise<BackfilledPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), "burnrate-history-"));
  const input = join(folder, "history.om");
  const data = join(folder, "data");
  await writeFile(input, openMetrics);
  // One long block: promtool reads the whole input once for each.
  const backfill = ["tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=2000h", input, data];
  const { stdout } = await run("promtool", backfill);
  if (!/01[A-Z0-9]{24}/.test(stdout)) throw new Error(`promtool wrote no block: ${stdout}`);
  await writeFile(join(folder, "prometheus.yml"), "global: {}\n");
  const port = await freePort();
  const child = spawn(
    program,
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${data}`,
      "--storage.tsdb.retention.time=100y",
      `--web.listen-address=127.0.0.1:${port}`,
      "--query.timeout=10m",
    ],
    { stdio: "ignore" },
  );
  const ended = new Promise<void>((resolve) => void child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(`http://127.0.0.1:${port}/-/ready`);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = `http://127.0.0.1:${port}`;
  return { url, query: (promql, at) => query(`${url}/api/v1/query`, promql, at), stop };
}

async function query(url: string, promql: string, at: number): Promise<QueryResult> {
  const body = new URLSearchParams({ query: promql, time: String(at), stats: "all" });
  const answer = (await (await fetch(url, { method: "POST", body })).json()) as Answer;
  if (answer.status !== "success") throw new Error(`${answer.error ?? "no answer"}: ${promql}`);
  const { result, stats } = answer.data;
  const value = result[0]?.value[1];
  return {
    value: value === undefined ? undefined : Number(value),
    samples: stats.samples.totalQueryableSamples,
    seconds: stats.timings.evalTotalTime,
  };
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data: {
    readonly result: readonly { readonly value: readonly [number, string] }[];
    readonly stats: {
      readonly samples: { readonly totalQueryableSamples: number };
      readonly timings: { readonly evalTotalTime: number };
    };
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const isReady = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await wait(100);
  }
  throw new Error("Prometheus did not get ready within a minute");
}
