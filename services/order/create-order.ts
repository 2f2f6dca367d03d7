import { HttpProblem } from "../kit/errors.ts";
import { spend } from "../kit/latency.ts";
import type { CURRENCIES, PaymentType } from "../kit/money.ts";
import type { Store } from "../kit/store.ts";
import type { Trace } from "../kit/trace.ts";
import type { OrderMetrics } from "./metrics.ts";
import type { OrderModel } from "./model.ts";
import type { Neighbours } from "./neighbours.ts";

export interface OrderRequest {
  readonly user_id: string;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
  readonly amount: number;
  readonly currency: (typeof CURRENCIES)[number];
  readonly payment_type: PaymentType;
}

export interface Order extends OrderRequest {
  readonly id: string;
  readonly payment_id: string;
  readonly status: "paid";
  readonly created_at: string;
}

export interface CreateOrderOptions {
  model: OrderModel;
  neighbours: Neighbours;
  metrics: OrderMetrics;
  orders: Store<Order>;
}

/**
 * Creates orders: the user is validated, then the payment is made; the service's own work runs beside both. Only a
 * paid order is kept.
 */
export function createOrderCreation({ model, neighbours, metrics, orders }: CreateOrderOptions) {
  /** ord-001 is seeded. */
  let last = 1;

  const create = async (request: OrderRequest, trace: Trace): Promise<Order> => {
    const { takes, outcome } = model.create();
    if (outcome === "failed") throw databaseFailed();
    const ownWork = spend(takes);
    await neighbours.validateUser(request.user_id, trace);
    if (outcome === "conflict") {
      throw new HttpProblem(409, "conflict", "an item was sold while the order was made");
    }
    last += 1;
    const id = `ord-${String(last).padStart(3, "0")}`;
    const { amount, currency, payment_type: type } = request;
    const payment_id = await neighbours.charge({ order_id: id, amount, currency, type }, trace);
    await ownWork;
    return { id, ...request, payment_id, status: "paid", created_at: new Date().toISOString() };
  };

  return async function createOrder(request: OrderRequest, trace: Trace): Promise<Order> {
    const done = metrics.processing.startTimer();
    metrics.inProgress.inc();
    try {
      const order = await create(request, trace);
      orders.add(order);
      metrics.created.inc();
      return order;
    } finally {
      metrics.inProgress.dec();
      done();
    }
  };
}

/** The simulated failure of the service itself. */
export function databaseFailed(): HttpProblem {
  return new HttpProblem(500, "database-failed", "the order database failed (simulated)");
}
