import { services, type ServiceName } from "../../services/topology.ts";
import { createFaultClient, type FaultClient } from "./client.ts";
import type { FaultConfig } from "./config.ts";
import { createLoadClient, type LoadClient } from "./load-client.ts";

/** Everything that can be switched from here. */
export interface Switches {
  /** By service, in the topology's order; a service without an address is not in it. Empty: nothing can be broken. */
  readonly faults: ReadonlyMap<ServiceName, FaultClient>;
  /** The load generator's; nothing when it has no address. */
  readonly load: LoadClient | undefined;
}

/** Makes the clients that a configuration asks for; nothing is sent yet. */
export function createSwitches(config: FaultConfig, timeoutMs?: number): Switches {
  const { ADMIN_TOKEN: token } = config;
  const urls: Readonly<Record<ServiceName, string | undefined>> = {
    order: config.ORDER_ADMIN_URL,
    payment: config.PAYMENT_ADMIN_URL,
    user: config.USER_ADMIN_URL,
  };
  const listener = (name: string, url: string) => ({ name, url, token, timeoutMs });
  const found = services.flatMap(({ name }): [ServiceName, FaultClient][] => {
    const url = urls[name];
    return url === undefined ? [] : [[name, createFaultClient(listener(name, url))]];
  });
  const { LOADGEN_ADMIN_URL: loadUrl } = config;
  return {
    faults: new Map(found),
    load: loadUrl === undefined ? undefined : createLoadClient(listener("loadgen", loadUrl)),
  };
}
