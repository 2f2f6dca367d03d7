import { duration, numeric } from "../kit/config.ts";
import { serviceSchema } from "../kit/service-config.ts";

/** The environment of the user service. */
export const userSchema = serviceSchema("user", {
  /** When most people are signed in; the load generator's variable of the same name. */
  PEAK_HOUR: numeric("an hour from 0 to 24", (value) => value >= 0 && value <= 24).prefault("12"),
  /** How long one day of the curve takes. */
  DAY_LENGTH: duration(1000).prefault("24h"),
});
