/**
 * THE list of what runs: the runner, the load generator, the tests and the scrape configuration read it.
 * To add a service, add an entry here; `topology.test.ts` then names, in words, what is still missing.
 */
export type ServiceName = "order" | "payment" | "user";

/** One of the simulated services. Ports are the defaults; a runner may shift all of them by an offset. */
export interface Service {
  readonly name: ServiceName;
  /** Business endpoints, `/healthz`, `/readyz` and `/metrics`. */
  readonly port: number;
  /** Fault switches, and nothing else. */
  readonly adminPort: number;
  /** The neighbours that it calls; each arrives as the environment variable `<NAME>_URL`. */
  readonly dependsOn: readonly ServiceName[];
  /** The program, relative to the repository's root. */
  readonly main: string;
}

export const services: readonly Service[] = [
  {
    name: "order",
    port: 8081,
    adminPort: 9081,
    dependsOn: ["user", "payment"],
    main: "services/order/main.ts",
  },
  { name: "payment", port: 8082, adminPort: 9082, dependsOn: [], main: "services/payment/main.ts" },
  { name: "user", port: 8083, adminPort: 9083, dependsOn: [], main: "services/user/main.ts" },
];

/**
 * Everything else that listens, by name. `consoleSmtp` is where the console takes mail; `loadgenAdmin` changes the
 * traffic, and nothing else (its neighbour 9090 is Prometheus').
 */
export const ports = {
  console: 8080,
  consoleSmtp: 8025,
  loadgen: 8090,
  loadgenAdmin: 9089,
  prometheus: 9090,
  alertmanager: 9093,
  grafana: 3000,
  loki: 3100,
  /** Loki's parts talk to each other. */
  lokiGrpc: 9095,
  nodeExporter: 9100,
  blackboxExporter: 9115,
} as const;

/**
 * How every Node program here is started; together the flags save 10 to 25 MB a process. What a program keeps alive is
 * small, so a big young generation would only hide garbage, and the old one need not grow by more than a fifth between two
 * collections; one helper thread is enough; and the type stripper, which is WebAssembly and runs once a file, is not worth
 * optimised code; and V8 may prefer small to fast. `services/Dockerfile` has to repeat them; a test compares.
 */
export const nodeFlags: readonly string[] = [
  "--max-semi-space-size=2",
  "--heap-growing-percent=20",
  "--v8-pool-size=1",
  "--liftoff-only",
];

/**
 * What its environment adds, in the Dockerfile too. By itself glibc gives each thread an arena of its own, and what is
 * freed in one is of no use to another; and it learns from the first large block that large blocks come from the heap,
 * where a small one above them keeps them for ever. A socket is read in blocks of 64 KiB, so those are mapped one by one
 * and go back when they are freed. Together that is some 15 MB of a console under a flood.
 */
export const nodeEnvironment: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: "1",
  MALLOC_MMAP_THRESHOLD_: "32768",
  MALLOC_TRIM_THRESHOLD_: "131072",
};
