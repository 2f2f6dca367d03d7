import type { z } from "zod";
import { baseUrl, word } from "../../services/kit/config.ts";
import type { ServiceName } from "../../services/topology.ts";

/**
 * Where the fault switches are, as environment variables of whoever uses them. All may be absent: then nothing can be
 * broken from here, which is how it has to be in production.
 */
export const faultVariables = {
  ORDER_ADMIN_URL: baseUrl().optional(),
  PAYMENT_ADMIN_URL: baseUrl().optional(),
  USER_ADMIN_URL: baseUrl().optional(),
  /** The load generator's own listener: more traffic, or less. */
  LOADGEN_ADMIN_URL: baseUrl().optional(),
  /** The bearer token of all admin listeners; not needed on loopback. */
  ADMIN_TOKEN: word("a secret").optional(),
} as const satisfies Record<`${Uppercase<ServiceName>}_ADMIN_URL`, unknown> & Record<string, unknown>;

/** Those variables, parsed. */
export type FaultConfig = z.output<z.ZodObject<typeof faultVariables>>;
