import { z } from "zod";
import { choice, duration, numeric, port, word } from "../services/kit/config.ts";
import { LOG_LEVELS } from "../services/kit/logging.ts";
import { isLoopback } from "../services/kit/loopback.ts";
import { neighbourUrl } from "../services/kit/service-config.ts";
import { ports } from "../services/topology.ts";
import { defaultBursts, defaultDay } from "./traffic.ts";
import type { TrafficModel } from "./traffic.ts";
import type { ServiceName } from "../services/topology.ts";

const onOff = choice("on", "off");

/** Every variable that the load generator reads. Times arrive as milliseconds. */
export const configSchema = z
  .object({
    HOST: word("an address to listen on").prefault("127.0.0.1"),
    PORT: port().prefault(String(ports.loadgen)),
    ADMIN_HOST: word("an address to listen on").prefault("127.0.0.1"),
    /** Where the traffic can be changed; without a port it cannot. */
    ADMIN_PORT: port().optional(),
    ADMIN_TOKEN: word("a secret").optional(),
    LOG_LEVEL: choice(...LOG_LEVELS).prefault("info"),
    LOG_FILE: word("a path to append log lines to").optional(),
    /** Shorter than a service's: a person waits, and nobody misses an answer to made-up traffic. */
    SHUTDOWN_DEADLINE: duration().prefault("3s"),
    ORDER_URL: neighbourUrl("order"),
    PAYMENT_URL: neighbourUrl("payment"),
    USER_URL: neighbourUrl("user"),
    RPS: numeric(
      "a number of requests per second from 0.01 to 10000",
      (value) => value >= 0.01 && value <= 10_000,
    ).prefault("30"),
    DURATION: duration(1).optional(),
    SEED: numeric("an integer", Number.isSafeInteger).optional(),
    DIURNAL: onOff.prefault("on"),
    BURSTS: onOff.prefault("on"),
    PEAK_HOUR: numeric("an hour from 0 to 24", (value) => value >= 0 && value <= 24).prefault(
      String(defaultDay.peakHour),
    ),
    DAY_LENGTH: duration(60_000).prefault(`${defaultDay.lengthSeconds}s`),
    /** Enough for a service that hangs during a burst at the default rate: 50 requests/s for 10 s. */
    MAX_IN_FLIGHT: numeric(
      "a whole number from 1",
      (value) => Number.isInteger(value) && value >= 1,
    ).prefault("500"),
    REQUEST_TIMEOUT: duration(1).prefault("10s"),
  })
  .superRefine(({ ADMIN_HOST, ADMIN_TOKEN }, context) => {
    if (isLoopback(ADMIN_HOST) || ADMIN_TOKEN !== undefined) return;
    const message = `a secret, because ADMIN_HOST=${ADMIN_HOST} is not loopback`;
    context.addIssue({ code: "custom", path: ["ADMIN_TOKEN"], message });
  });

export type Config = z.output<typeof configSchema>;

/** The traffic model that a configuration asks for. */
export function trafficModel(
  config: Pick<Config, "DIURNAL" | "BURSTS" | "PEAK_HOUR" | "DAY_LENGTH">,
): TrafficModel {
  const day = { ...defaultDay, peakHour: config.PEAK_HOUR, lengthSeconds: config.DAY_LENGTH / 1000 };
  return {
    day: config.DIURNAL === "on" ? day : null,
    bursts: config.BURSTS === "on" ? defaultBursts : null,
  };
}

/** Where each service is, by name. */
export function serviceUrls(
  config: Pick<Config, "ORDER_URL" | "PAYMENT_URL" | "USER_URL">,
): Record<ServiceName, string> {
  return { order: config.ORDER_URL, payment: config.PAYMENT_URL, user: config.USER_URL };
}
