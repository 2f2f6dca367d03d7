import { z } from "zod";
import { adminRequest, type AdminListener } from "./admin-request.ts";

/** More traffic than usual, or less, for a while. */
export interface LoadOrder {
  /** What the usual rate is multiplied by: 0.01 to 20. */
  readonly factor: number;
  /** When it ends by itself: `90s`, `5m`; up to an hour. @default five minutes, the listener's */
  readonly for?: string | undefined;
}

const moment = z.iso.datetime().transform((text) => Date.parse(text));

const surgeSchema = z
  .object({ id: z.string(), factor: z.number(), started_at: moment, expires_at: moment })
  .transform(({ started_at: startedAt, expires_at: expiresAt, ...rest }) => ({
    ...rest,
    startedAt,
    expiresAt,
  }));

const overviewSchema = z.object({ active: z.array(surgeSchema) });

/** A change of the traffic that is on; moments in milliseconds since 1970. */
export type ActiveLoad = z.output<typeof surgeSchema>;

/** The load generator's switch. Every call throws SwitchError when it fails. */
export interface LoadClient {
  readonly active: () => Promise<readonly ActiveLoad[]>;
  readonly switchOn: (order: LoadOrder) => Promise<ActiveLoad>;
  /** Ends one change. One that has ended already is no error. */
  readonly switchOff: (id: string) => Promise<void>;
  readonly clear: () => Promise<void>;
}

/** Makes a client of the load generator's admin listener; nothing is sent yet. */
export function createLoadClient(listener: AdminListener): LoadClient {
  return {
    active: async () => (await adminRequest(listener, "GET", "/load", { schema: overviewSchema })).active,
    switchOn: (body) => adminRequest(listener, "POST", "/load", { body, schema: surgeSchema }),
    switchOff: (id) => adminRequest(listener, "DELETE", `/load/${encodeURIComponent(id)}`),
    clear: () => adminRequest(listener, "DELETE", "/load"),
  };
}
