/** What a test or a benchmark does to a running stack, and asks of it. */
import { z } from "zod";
import type { ServiceName } from "../../services/topology.ts";
import { isPage } from "../compiler/windows.ts";
import { createFaultClient, type FaultClient, type FaultOrder } from "../faults/client.ts";
import { prometheusReader } from "../predict/prometheus-reader.ts";
import type { Stack } from "./stack.ts";

export interface Lab {
  /** Switches a fault on. Throws when the service refuses it. */
  readonly breakService: (service: ServiceName, fault: FaultOrder) => Promise<void>;
  /** Switches all faults of a service off. */
  readonly mendService: (service: ServiceName) => Promise<void>;
  /** What the console received, newest first. */
  readonly notifications: () => Promise<readonly Notification[]>;
  /** The value of a PromQL expression now; nothing when it gives no series. Throws when it gives several. */
  readonly query: (expression: string) => Promise<number | undefined>;
  /** The burn-rate pages that fire in Prometheus now. */
  readonly firingPages: () => Promise<readonly Alert[]>;
}

const notificationSchema = z.object({
  received_at: z.iso.datetime().transform((text) => Date.parse(text)),
  channel: z.string(),
  state: z.string(),
  alertname: z.string().nullable(),
  service: z.string().nullable(),
  slo: z.string().nullable(),
  summary: z.string(),
  /** The body as it came: JSON of PagerDuty's and Slack's shape. */
  raw: z.unknown(),
});
const notificationsSchema = z.object({ notifications: z.array(notificationSchema) });

/** A notification; `received_at` in milliseconds since 1970. */
export type Notification = z.output<typeof notificationSchema>;

const alertSchema = z.object({
  labels: z.record(z.string(), z.string()),
  state: z.string(),
  activeAt: z.string().transform((text) => Date.parse(text)),
});
const alertsSchema = z.object({ data: z.object({ alerts: z.array(alertSchema) }) });

/** An alert of Prometheus; `activeAt`, in milliseconds since 1970, is the first evaluation at which it held. */
type Alert = z.output<typeof alertSchema>;

/** As many as the console gives at once. */
const MOST_NOTIFICATIONS = 1000;

/** Connects to a running stack. */
export function labOf(stack: Pick<Stack, "url">): Lab {
  const switches = (name: ServiceName): FaultClient =>
    createFaultClient({ name, url: stack.url(`${name}Admin`) });
  return {
    breakService: async (service, fault) => {
      await switches(service).switchOn(fault);
    },
    mendService: (service) => switches(service).clear(),
    notifications: async () => {
      const response = await request(`${stack.url("console")}/api/notifications?limit=${MOST_NOTIFICATIONS}`);
      return notificationsSchema.parse(await response.json()).notifications;
    },
    query: prometheusReader(stack.url("prometheus")).value,
    firingPages: async () => {
      const response = await request(`${stack.url("prometheus")}/api/v1/alerts`);
      const { alerts } = alertsSchema.parse(await response.json()).data;
      return alerts.filter(
        ({ labels, state }) => state === "firing" && isPage({ severity: labels["severity"] }),
      );
    },
  };
}

async function request(url: string): Promise<Response> {
  const response = await fetch(url);
  if (response.ok) return response;
  throw new Error(`GET ${url} answered ${response.status}: ${await response.text()}`);
}
