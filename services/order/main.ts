import { boot } from "../kit/boot.ts";
import { createClient } from "../kit/client.ts";
import { readConfigOrExit } from "../kit/config.ts";
import { breakerOptions } from "../kit/service-config.ts";
import { createApp } from "./app.ts";
import { orderSchema } from "./config.ts";
import { NEIGHBOURS } from "./neighbours.ts";

const config = readConfigOrExit(orderSchema, process.env);
const connections = config.BREAKER_CAPACITY;
const clients = {
  user: createClient({ url: config.USER_URL, connections }),
  payment: createClient({ url: config.PAYMENT_URL, connections }),
};

await boot({
  name: "order",
  config,
  targets: NEIGHBOURS,
  createApp: (deps) => createApp(deps, { clients, breaker: breakerOptions(config) }),
});
