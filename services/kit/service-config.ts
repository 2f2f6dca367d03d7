import { z } from "zod";
import { services } from "../topology.ts";
import { baseUrl, bytes, choice, duration, numeric, port, word } from "./config.ts";
import { LOG_LEVELS } from "./logging.ts";
import { isLoopback } from "./loopback.ts";
import type { BreakerOptions } from "./breaker.ts";
import type { ServiceName } from "../topology.ts";

/** The environment variables of every service, parsed. */
export type ServiceConfig = z.output<z.ZodObject<CommonVariables>>;

/**
 * The schema of a service's environment: what all services share, and the service's own variables.
 *
 * @param name gives the default ports (from the topology).
 * @param own further variables.
 */
export function serviceSchema<const O extends z.ZodRawShape>(name: ServiceName, own: O) {
  const schema: z.ZodObject<CommonVariables & O> = z.object({ ...commonVariables(name), ...own });
  return schema.superRefine((value, context) => {
    const { ADMIN_HOST, ADMIN_TOKEN } = value as ServiceConfig;
    if (isLoopback(ADMIN_HOST) || ADMIN_TOKEN !== undefined) return;
    const message = `a secret, because ADMIN_HOST=${ADMIN_HOST} is not loopback`;
    context.addIssue({ code: "custom", path: ["ADMIN_TOKEN"], message });
  });
}

/** The variables of the breakers around calls to neighbours. */
export const breakerVariables = {
  /** A call that takes longer counts as failed, and its caller answers 504. */
  BREAKER_TIMEOUT: duration(1).prefault("3s"),
  /** How long an open breaker waits before it lets a probe through. */
  BREAKER_RESET: duration(1).prefault("30s"),
  /** A breaker does not open before this many calls in 10 s. */
  BREAKER_VOLUME: numeric("a whole number of calls from 1", wholeFrom(1)).prefault("5"),
  /** Calls in flight at once; further ones are refused (the bulkhead). */
  BREAKER_CAPACITY: numeric("a whole number of calls from 1", wholeFrom(1)).prefault("100"),
};

/** Those variables, parsed, as the breaker takes them. */
export function breakerOptions(config: z.output<z.ZodObject<typeof breakerVariables>>): BreakerOptions {
  return {
    timeout: config.BREAKER_TIMEOUT,
    reset: config.BREAKER_RESET,
    volume: config.BREAKER_VOLUME,
    capacity: config.BREAKER_CAPACITY,
  };
}

/** The variable for a neighbour's address; by default where it listens on this machine. */
export function neighbourUrl(name: ServiceName) {
  return baseUrl().prefault(`http://127.0.0.1:${entry(name).port}`);
}

type CommonVariables = ReturnType<typeof commonVariables>;

function commonVariables(name: ServiceName) {
  const { port: servicePort, adminPort } = entry(name);
  return {
    HOST: word("an address to listen on").prefault("127.0.0.1"),
    PORT: port().prefault(String(servicePort)),
    ADMIN_HOST: word("an address to listen on").prefault("127.0.0.1"),
    ADMIN_PORT: port().prefault(String(adminPort)),
    ADMIN_TOKEN: word("a secret").optional(),
    LOG_LEVEL: choice(...LOG_LEVELS).prefault("info"),
    LOG_FILE: word("a path to append log lines to").optional(),
    LOG_SAMPLE: share().prefault("1"),
    READY_DELAY: duration().prefault("2s"),
    DRAIN_DELAY: duration().prefault("0s"),
    SHUTDOWN_DEADLINE: duration().prefault("10s"),
    BODY_LIMIT: bytes().prefault("64kb"),
    PROFILE: choice("default", "reference").prefault("default"),
    SIMULATION: choice("on", "off").prefault("on"),
    SEED: numeric("an integer", Number.isInteger).optional(),
  };
}

function share() {
  return numeric("a share from 0 to 1", (value) => value >= 0 && value <= 1);
}

function wholeFrom(least: number): (value: number) => boolean {
  return (value) => Number.isInteger(value) && value >= least;
}

function entry(name: ServiceName) {
  const found = services.find((service) => service.name === name);
  if (found === undefined) throw new RangeError(`services/topology.ts has no service ${name}`);
  return found;
}
