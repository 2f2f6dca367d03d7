import { breakerVariables, serviceSchema } from "../kit/service-config.ts";

/** The environment of the payment service. Its breaker is the one in front of the fraud check. */
export const paymentSchema = serviceSchema("payment", breakerVariables);
