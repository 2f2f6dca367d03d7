/** How long each route of the services takes, from the services' own behaviour data. */
import { paymentTypes } from "../../../loadgen/scenarios.ts";
import { DURATION_BUCKETS } from "../../../services/kit/metrics.ts";
import { latencies as orderTimes } from "../../../services/order/behaviour.ts";
import { orderSchema } from "../../../services/order/config.ts";
import {
  fraudCheck,
  processing,
  reading,
  shares as paymentShares,
} from "../../../services/payment/behaviour.ts";
import { cache, latencies as userTimes, seededUsers } from "../../../services/user/behaviour.ts";
import { overheadMs } from "../settings.ts";
import { distributionOf, exactly, longer, meanOf, mixture, shareWithin, sum } from "./distribution.ts";
import { loadShare } from "./routes.ts";
import type { Distribution } from "./distribution.ts";
import type { RouteName } from "./routes.ts";

/** What the histogram of a route sees. */
export interface RouteLatency {
  /** The share of requests within each bound of `DURATION_BUCKETS`. */
  readonly within: readonly number[];
  readonly meanSeconds: number;
}

export interface Latencies {
  readonly routes: Readonly<Record<RouteName, RouteLatency>>;
  /** Of the calls to payment: the share that the order service gives up. */
  readonly paymentTimeouts: number;
  /** Of the look-ups of a user: the share that the cache answers. */
  readonly cacheHits: number;
}

/** A refusal or an outage answers at once. */
export const atOnce: RouteLatency = describe(exactly(overheadMs));

/**
 * Computes them.
 *
 * @param rps requests per second of all services together, on average; they decide how often the user cache is warm.
 * @param slow a share of the order database's queries that takes longer, in milliseconds.
 */
export function latenciesAt(rps: number, slow = { share: 0, milliseconds: 0 }): Latencies {
  const { cacheHits, find, pay, orders } = timesAt(rps);
  const slowed = (times: Distribution): Distribution =>
    slow.share === 0
      ? times
      : mixture([
          [times, 1 - slow.share],
          [sum(times, exactly(slow.milliseconds)), slow.share],
        ]);
  const orderRead = describe(slowed(distributionOf(orderTimes.read)));
  const validate = describe(find);
  return {
    routes: {
      "order.list": orderRead,
      "order.get": orderRead,
      "order.create": describe(slowed(orders)),
      "payment.pay": describe(pay),
      "payment.list": describe(distributionOf(reading)),
      "user.get": validate,
      "user.validate": validate,
      "user.list": describe(distributionOf(userTimes.queryList)),
      "user.auth": describe(sum(find, distributionOf(userTimes.hashPassword))),
    },
    paymentTimeouts: 1 - shareWithin(pay, orderSchema.parse({}).BREAKER_TIMEOUT),
    cacheHits,
  };
}

interface Times {
  readonly rps: number;
  readonly cacheHits: number;
  readonly find: Distribution;
  readonly pay: Distribution;
  /** The creation of an order, with what it waits for. */
  readonly orders: Distribution;
}

/** A past asks twice, with and without a slow database; these are the same, and cost a quarter of a second. */
let known: Times | undefined;

function timesAt(rps: number): Times {
  if (known?.rps === rps) return known;
  const cacheHits = hitShare(rps);
  const query = distributionOf(userTimes.queryOne);
  const read = distributionOf(userTimes.cacheRead);
  const missed = sum(sum(read, query), distributionOf(userTimes.cacheWrite));
  const find = mixture([
    [read, cacheHits],
    [missed, 1 - cacheHits],
  ]);
  const checked = distributionOf(fraudCheck);
  const processed = mixture(paymentTypes.map(([type, weight]) => [distributionOf(processing[type]), weight]));
  const pay = mixture([
    [checked, paymentShares.fraudulent],
    [sum(checked, processed), 1 - paymentShares.fraudulent],
  ]);
  const orders = longer(distributionOf(orderTimes.create), sum(find, pay));
  known = { rps, cacheHits, find, pay, orders };
  return known;
}

function describe(times: Distribution): RouteLatency {
  return {
    within: DURATION_BUCKETS.map((seconds) => shareWithin(times, seconds * 1000 - overheadMs)),
    meanSeconds: (meanOf(times) + overheadMs) / 1000,
  };
}

/** A user is read from the database once, then from the cache until that is too old. */
function hitShare(rps: number): number {
  const lookUps = loadShare["user.get"] + loadShare["user.auth"] + loadShare["order.create"];
  const hits = ((rps * lookUps) / seededUsers.count) * (cache.timeToLive / 1000);
  return hits / (1 + hits);
}
