/**
 * `npm run bench:services`: what a request costs in each service, beside bare Hono (the floor) and beside Fastify
 * doing the same work, all in one run on one machine. CPU time is the steadier of the two numbers: a busy machine
 * makes a server slower, but hardly dearer.
 */
import { z } from "zod";
import { numeric } from "../../services/kit/config.ts";
import { alignColumns } from "../columns.ts";
import { readCommandLineOrExit } from "../command-line.ts";
import { measure } from "./closed-loop.ts";
import { contenders, PORTS_NEEDED } from "./contenders.ts";
import { exitOnSignal } from "./exit-on-signal.ts";
import { freePorts } from "./free-ports.ts";
import { startProgram } from "./program.ts";
import { showProgress } from "./progress.ts";
import type { Measured } from "./closed-loop.ts";
import type { BenchCase, Contender } from "./contenders.ts";

const wholeFrom1 = numeric("a whole number from 1", (value) => Number.isInteger(value) && value >= 1);

const config = readCommandLineOrExit(
  {
    usage: ["Measures what a request costs in each service.", "", "npm run bench:services -- [options]"],
    options: {
      seconds: { value: "N", help: "how long each measurement takes (3)", sets: [["SECONDS"]] },
      rounds: { value: "N", help: "measurements of each case; the median counts (5)", sets: [["ROUNDS"]] },
      connections: { value: "N", help: "requests under way at once (32)", sets: [["CONNECTIONS"]] },
    },
    schema: z.object({
      SECONDS: wholeFrom1.prefault("3"),
      ROUNDS: wholeFrom1.prefault("5"),
      CONNECTIONS: wholeFrom1.prefault("32"),
    }),
  },
  process.argv.slice(2),
  {},
);

/** Before each measurement; the first round is all the warmer for it. */
const WARMUP_SECONDS = 1;

exitOnSignal();
const servers = await Promise.all(
  contenders(await freePorts(PORTS_NEEDED)).map(async (contender) => ({
    contender,
    running: await startProgram(contender.program),
  })),
);
const results = servers.flatMap(({ contender, running }) =>
  contender.cases.map((load) => ({ contender, running, load, measured: [] as Measured[] })),
);

// Round by round, so that a busy minute of the machine falls on every server alike.
for (let round = 1; round <= config.ROUNDS; round += 1) {
  for (const { contender, running, load, measured } of results) {
    showProgress(`round ${round} of ${config.ROUNDS}: ${contender.name}, ${load.method} ${load.path}`);
    measured.push(
      await measure(load, {
        url: contender.url,
        connections: config.CONNECTIONS,
        warmupSeconds: WARMUP_SECONDS,
        seconds: config.SECONDS,
        pid: running.pid,
      }),
    );
  }
}
await Promise.all(servers.map(({ running }) => running.stop()));
showProgress("");

const medians = results.map(({ contender, load, measured }): Result => {
  return { contender, load, median: medianOf(measured) };
});
process.stdout.write(
  [
    `Node ${process.version}, ${config.CONNECTIONS} connections, median of ${config.ROUNDS} rounds of ${config.SECONDS} s`,
    ...alignColumns([
      ["server and request", "requests/s", "CPU µs/request", "of bare Hono", "of Fastify"],
      ...medians.map((result) => row(result)),
    ]),
    "",
  ].join("\n"),
);

interface Result {
  readonly contender: Contender;
  readonly load: BenchCase;
  readonly median: Measured;
}

function row({ contender, load, median }: Result): string[] {
  const times = (index: number): string => {
    const base = medians.filter((result) => result.load.method === load.method)[index];
    if (base === undefined) return "";
    return `${(median.cpuMicrosecondsPerRequest / base.median.cpuMicrosecondsPerRequest).toFixed(2)} ×`;
  };
  return [
    `${contender.name}: ${load.method} ${load.path}`,
    median.requestsPerSecond.toFixed(0),
    median.cpuMicrosecondsPerRequest.toFixed(0),
    times(0),
    times(1),
  ];
}

function medianOf(measured: readonly Measured[]): Measured {
  const median = (key: keyof Measured): number => {
    const sorted = measured.map((one) => one[key]).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return {
    requestsPerSecond: median("requestsPerSecond"),
    cpuMicrosecondsPerRequest: median("cpuMicrosecondsPerRequest"),
  };
}
