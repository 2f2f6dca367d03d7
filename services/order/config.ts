import { breakerVariables, neighbourUrl, serviceSchema } from "../kit/service-config.ts";

/** The environment of the order service. Each neighbour has a breaker of its own, with the same settings. */
export const orderSchema = serviceSchema("order", {
  USER_URL: neighbourUrl("user"),
  PAYMENT_URL: neighbourUrl("payment"),
  ...breakerVariables,
});
