import { z } from "zod";
import { adminRequest, type AdminListener } from "./admin-request.ts";

/** A switch of the catalogue. */
export interface Fault {
  readonly fault: string;
  readonly variant: string;
  /** The neighbour that it is aimed at; only for faults that are aimed. */
  readonly target?: string | undefined;
}

/** A fault to be switched on. It ends by itself, also when whoever switched it on is gone. */
export interface FaultOrder extends Fault {
  /** When it ends by itself: `90s`, `5m`; up to an hour. @default five minutes, the listener's */
  readonly for?: string | undefined;
}

const moment = z.iso.datetime().transform((text) => Date.parse(text));

const activeFaultSchema = z
  .object({
    id: z.string(),
    fault: z.string(),
    variant: z.string(),
    target: z.string().optional(),
    started_at: moment,
    expires_at: moment,
  })
  .transform(({ started_at: startedAt, expires_at: expiresAt, ...fault }) => ({
    ...fault,
    startedAt,
    expiresAt,
  }));

const overviewSchema = z.object({
  catalogue: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      variants: z.array(z.object({ name: z.string(), description: z.string() })),
      targets: z.array(z.string()).optional(),
    }),
  ),
  active: z.array(activeFaultSchema),
});

/** A fault that is on; `startedAt` and `expiresAt` in milliseconds since 1970, by the service's clock. */
export type ActiveFault = z.output<typeof activeFaultSchema>;

/** What a service offers (`catalogue`, with the neighbours that aimed faults can have) and what is on (`active`). */
export type FaultOverview = z.output<typeof overviewSchema>;

/** The fault switches of one service. Every call throws SwitchError, with a sentence for people, when it fails. */
export interface FaultClient {
  readonly overview: () => Promise<FaultOverview>;
  readonly switchOn: (order: FaultOrder) => Promise<ActiveFault>;
  /** Ends one fault. One that has ended already is no error. */
  readonly switchOff: (id: string) => Promise<void>;
  /** Ends all faults of the service. */
  readonly clear: () => Promise<void>;
}

/** Makes a client of one service's admin listener; nothing is sent yet. */
export function createFaultClient(listener: AdminListener): FaultClient {
  return {
    overview: () => adminRequest(listener, "GET", "/faults", { schema: overviewSchema }),
    switchOn: (body) => adminRequest(listener, "POST", "/faults", { body, schema: activeFaultSchema }),
    switchOff: (id) => adminRequest(listener, "DELETE", `/faults/${encodeURIComponent(id)}`),
    clear: () => adminRequest(listener, "DELETE", "/faults"),
  };
}
