/** The routes that the load reaches, and how much of the load each gets from the load generator itself. */
import { scenarioShares } from "../../../loadgen/choose.ts";
import { scenarios } from "../../../loadgen/scenarios.ts";
import type { ServiceName } from "../../../services/topology.ts";

export interface Route {
  readonly service: ServiceName;
  readonly method: "GET" | "POST";
  /** The route's template. */
  readonly path: string;
}

export const routes = {
  "order.list": { service: "order", method: "GET", path: "/api/orders" },
  "order.create": { service: "order", method: "POST", path: "/api/orders" },
  "order.get": { service: "order", method: "GET", path: "/api/orders/{orderID}" },
  "payment.pay": { service: "payment", method: "POST", path: "/api/payments" },
  "payment.list": { service: "payment", method: "GET", path: "/api/payments" },
  "user.get": { service: "user", method: "GET", path: "/api/users/{userID}" },
  "user.list": { service: "user", method: "GET", path: "/api/users" },
  "user.auth": { service: "user", method: "POST", path: "/api/users/auth" },
  /** Asked by the order service alone. */
  "user.validate": { service: "user", method: "GET", path: "/api/users/validate" },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

export const routeNames = Object.keys(routes) as readonly RouteName[];

/** Of all requests of the load generator: the share that each route gets. */
export const loadShare: Readonly<Record<RouteName, number>> = sharesByRoute();

function sharesByRoute(): Record<RouteName, number> {
  const shares = Object.fromEntries(routeNames.map((name) => [name, 0])) as Record<RouteName, number>;
  for (const [{ service, method, path }, share] of scenarioShares(scenarios)) {
    const name = routeNames.find((name) => {
      const route = routes[name];
      return route.service === service && route.method === method && route.path === path;
    });
    if (name === undefined) {
      throw new RangeError(
        `monitoring/history/model/routes.ts: the load generator asks for ${method} ${path} of ${service}, which the past does not know; add it`,
      );
    }
    shares[name] += share;
  }
  return shares;
}
