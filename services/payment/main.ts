import { boot } from "../kit/boot.ts";
import { readConfigOrExit } from "../kit/config.ts";
import { breakerOptions } from "../kit/service-config.ts";
import { createApp, FRAUD_CHECK } from "./app.ts";
import { paymentSchema } from "./config.ts";

const config = readConfigOrExit(paymentSchema, process.env);

await boot({
  name: "payment",
  config,
  targets: [FRAUD_CHECK],
  createApp: (deps) => createApp(deps, breakerOptions(config)),
});
