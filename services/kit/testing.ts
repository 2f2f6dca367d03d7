import { Registry } from "prom-client";
import { createFaultEffects } from "./fault-effects.ts";
import { createFaultBoard } from "./faults.ts";
import { createReadiness } from "./health.ts";
import { createLogger } from "./logging.ts";
import { seededRandom } from "./random.ts";
import { createSimulation } from "./simulation.ts";
import type { Hono } from "hono";
import type { FaultBoard } from "./faults.ts";
import type { Random } from "./random.ts";
import type { ServiceDeps } from "./service-app.ts";
import type { SimulationOptions } from "./simulation.ts";

/** For tests only: what a service's `createApp` needs, with its log lines and fault board in reach. */
export interface TestDeps extends ServiceDeps {
  readonly board: FaultBoard;
  /** Every log line so far, parsed. */
  readonly lines: Record<string, unknown>[];
}

export interface TestDepsOptions {
  /** @default off: everything is instant and succeeds */
  simulation?: SimulationOptions;
  /** Names that a `dependency` fault can be aimed at. @default none */
  targets?: readonly string[];
  /** @default a registry without the metrics of the Node process */
  registry?: Registry;
  bodyLimit?: number;
  logSample?: number;
}

/** Deps of an app that is never served: a registry of its own, log lines in memory, ready at once. */
export function testDeps(options: TestDepsOptions = {}): TestDeps {
  const { simulation = { on: false }, targets = [], bodyLimit = 1024, logSample = 1 } = options;
  const lines: Record<string, unknown>[] = [];
  const board = createFaultBoard({ targets });
  return {
    board,
    lines,
    logger: createLogger({
      service: "test",
      destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    }),
    registry: options.registry ?? new Registry(),
    readiness: createReadiness(),
    simulation: createSimulation({ seed: 1, ...simulation }),
    faults: createFaultEffects(board, seededRandom(1, "faults")),
    bodyLimit,
    logSample,
  };
}

/** Sends a JSON body to an app. */
export async function postJson(app: Hono, path: string, body: unknown, headers: Record<string, string> = {}) {
  return app.request(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** The names and labels of every series of an exposition, without values. */
export function seriesOf(exposition: string): string[] {
  return exposition
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.slice(0, line.lastIndexOf(" ")));
}

/**
 * An exposition with what varies from machine to machine taken out: samples of the process and of Node itself (their
 * names, helps and types stay), and the values of `active_sessions`.
 */
export function pinned(exposition: string): string {
  return exposition
    .split("\n")
    .filter((line) => line.startsWith("#") || !/^(?:nodejs|process)_/.test(line))
    .map((line) => line.replace(/^(active_sessions) .*/, "$1 (varies)"))
    .join("\n")
    .replaceAll(/\n{2,}/g, "\n");
}

const METHODS = "GET POST PUT PATCH DELETE HEAD OPTIONS PROPFIND M-SEARCH get Purge".split(" ");
const ODD = [
  "%00",
  "%2F",
  "%E0%A4%A",
  "..",
  "//",
  "?",
  "#",
  "{orderID}",
  ":id",
  "'\"><",
  "%F0%9F%92%A5",
  "metrics",
];

/**
 * Sends random methods to random paths, a third of them near the app's own, with random bodies.
 *
 * @param stems the app's own paths.
 */
export async function sendNonsense(app: Hono, stems: readonly string[], count: number): Promise<void> {
  const random = seededRandom(4, "nonsense");
  for (let sent = 0; sent < count; sent += 1) {
    const method = choose(random, METHODS);
    const body = /^(?:get|head)$/i.test(method) || random() < 0.5 ? {} : { body: nonsense(random) };
    const headers =
      random() < 0.5 ? {} : { "content-type": choose(random, ["application/json", "text/plain"]) };
    await app.request(`http://localhost/${path(random, stems)}`, { method, headers, ...body });
  }
}

function path(random: Random, stems: readonly string[]): string {
  const start = random() < 0.33 ? choose(random, stems).slice(1) : nonsense(random);
  return random() < 0.3 ? start : `${start}/${nonsense(random)}?${nonsense(random)}`;
}

function nonsense(random: Random): string {
  const parts = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
    random() < 0.3 ? choose(random, ODD) : Math.floor(random() * 36 ** 8).toString(36),
  );
  return parts.join("");
}

function choose<T>(random: Random, from: readonly T[]): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new RangeError("nothing to choose from");
  return found;
}
