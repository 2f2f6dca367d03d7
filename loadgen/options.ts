import { configSchema } from "./config.ts";
import type { CommandLine } from "./command-line.ts";

/** The load generator's command line. */
export const loadgenCommandLine: CommandLine<typeof configSchema> = {
  usage: [
    "Sends traffic to the three services. Requests start by the clock, whatever becomes of the answers.",
    "Every option can be given as a variable too: see loadgen/README.md.",
    "",
    "node loadgen/main.ts [options]",
  ],
  options: {
    rps: { value: "N", help: "requests per second of all services at the peak (30)", sets: [["RPS"]] },
    duration: {
      value: "TIME",
      help: "end by itself after a time such as 90s or 5m (never)",
      sets: [["DURATION"]],
    },
    seed: { value: "N", help: "repeat a run: times, choices, bodies, bursts (random)", sets: [["SEED"]] },
    flat: {
      help: "always the same rate: no day, no weekend, no bursts",
      sets: [
        ["DIURNAL", "off"],
        ["BURSTS", "off"],
      ],
    },
    diurnal: { value: "on|off", help: "follow the curve of a day and a week (on)", sets: [["DIURNAL"]] },
    bursts: { value: "on|off", help: "send five-fold for 30 s, 2 % of the time (on)", sets: [["BURSTS"]] },
    "peak-hour": {
      value: "HOUR",
      help: "local hour with the most traffic, 0 to 24 (12)",
      sets: [["PEAK_HOUR"]],
    },
    "day-length": { value: "TIME", help: "how long a day takes (24h)", sets: [["DAY_LENGTH"]] },
    "max-in-flight": {
      value: "N",
      help: "requests that may wait for one service (500)",
      sets: [["MAX_IN_FLIGHT"]],
    },
    timeout: { value: "TIME", help: "how long to wait for an answer (10s)", sets: [["REQUEST_TIMEOUT"]] },
    "order-url": { value: "URL", help: "where order is (http://127.0.0.1:8081)", sets: [["ORDER_URL"]] },
    "payment-url": {
      value: "URL",
      help: "where payment is (http://127.0.0.1:8082)",
      sets: [["PAYMENT_URL"]],
    },
    "user-url": { value: "URL", help: "where user is (http://127.0.0.1:8083)", sets: [["USER_URL"]] },
    port: { value: "PORT", help: "own /healthz, /readyz and /metrics (8090)", sets: [["PORT"]] },
  },
  schema: configSchema,
};
