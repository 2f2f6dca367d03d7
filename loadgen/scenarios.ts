import { uniform, weighted } from "../services/kit/random.ts";
import type { CURRENCIES, PaymentType } from "../services/kit/money.ts";
import type { Random } from "../services/kit/random.ts";
import type { ServiceName } from "../services/topology.ts";

/** One request with its blanks filled in. */
export interface DrawnRequest {
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: object;
}

/** One kind of request. */
export interface Scenario {
  readonly service: ServiceName;
  readonly method: "GET" | "POST";
  /** The route's template, as the service's own metrics have it. */
  readonly path: string;
  /** How often, among the scenarios of its service. */
  readonly weight: number;
  /** Fills in the blanks. @default the path as it is, without a body */
  readonly draw?: (random: Random) => DrawnRequest;
}

/** The users that the user service is born with: usr-100 to usr-149. */
const seededUsers = { first: 100, count: 50 } as const;

/**
 * How people pay, in parts of 100. Half of the bank transfers take more than 500 ms: with more than one in a hundred,
 * payment could not keep its latency objective.
 */
export const paymentTypes = [
  ["credit_card", 60],
  ["debit_card", 25],
  ["digital_wallet", 14],
  ["bank_transfer", 1],
] as const satisfies readonly (readonly [PaymentType, number])[];

export const currencies = [
  ["USD", 60],
  ["EUR", 30],
  ["GBP", 10],
] as const satisfies readonly (readonly [(typeof CURRENCIES)[number], number])[];

/** What one payment is worth, in units of its currency, all amounts equally likely. */
export const amounts = { least: 5, most: 250 } as const;

/** An order has 1 to `lines` lines, each 1 to `quantity` pieces of one of `articles` articles. */
const cart = { lines: 3, quantity: 4, articles: 40 } as const;

/** The mix of reference 2.4. Every service gets a third of the requests, whatever its weights add up to. */
export const scenarios: readonly Scenario[] = [
  { service: "order", method: "GET", path: "/api/orders", weight: 5 },
  { service: "order", method: "POST", path: "/api/orders", weight: 3, draw: newOrder },
  { service: "order", method: "GET", path: "/api/orders/{orderID}", weight: 2, draw: firstOrder },
  { service: "payment", method: "POST", path: "/api/payments", weight: 5, draw: newPayment },
  { service: "payment", method: "GET", path: "/api/payments", weight: 4 },
  { service: "user", method: "GET", path: "/api/users/{userID}", weight: 4, draw: someUser },
  { service: "user", method: "GET", path: "/api/users", weight: 3 },
  { service: "user", method: "POST", path: "/api/users/auth", weight: 3, draw: signIn },
];

function newOrder(random: Random): DrawnRequest {
  const user_id = userId(random);
  const items = Array.from({ length: wholeUpTo(random, cart.lines) }, () => ({
    sku: `sku-${wholeUpTo(random, cart.articles)}`,
    quantity: wholeUpTo(random, cart.quantity),
  }));
  const { type: payment_type, ...price } = payment(random);
  return { path: "/api/orders", body: { user_id, items, ...price, payment_type } };
}

/** The order that the order service is born with. */
function firstOrder(): DrawnRequest {
  return { path: "/api/orders/ord-001" };
}

function newPayment(random: Random): DrawnRequest {
  return { path: "/api/payments", body: payment(random) };
}

function someUser(random: Random): DrawnRequest {
  return { path: `/api/users/${userId(random)}` };
}

function signIn(random: Random): DrawnRequest {
  return { path: "/api/users/auth", body: { user_id: userId(random), password: "correct horse" } };
}

function payment(random: Random) {
  const cents = Math.round(uniform(random, amounts.least, amounts.most) * 100);
  return {
    amount: cents / 100,
    currency: weighted(random, currencies),
    type: weighted(random, paymentTypes),
  };
}

function wholeUpTo(random: Random, most: number): number {
  return 1 + Math.floor(random() * most);
}

function userId(random: Random): string {
  return `usr-${seededUsers.first + Math.floor(random() * seededUsers.count)}`;
}
