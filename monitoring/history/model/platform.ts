/**
 * The whole platform, step by step: the load generator's traffic meets the services' behaviour, and whatever was wrong
 * at that moment. Everything random is drawn from one seed.
 */
import { configSchema } from "../../../loadgen/config.ts";
import { rateCurve } from "../../../loadgen/rate.ts";
import { scenarios } from "../../../loadgen/scenarios.ts";
import { defaultBursts, defaultDay } from "../../../loadgen/traffic.ts";
import { normal, seededRandom } from "../../../services/kit/random.ts";
import { services } from "../../../services/topology.ts";
import type { ServiceName } from "../../../services/topology.ts";
import { alignSeconds, trafficNoise } from "../settings.ts";
import { conditionsAt } from "./conditions.ts";
import type { Incident } from "./conditions.ts";
import { createCounters } from "./counters.ts";
import type { Counters, Labels } from "./counters.ts";
import { arrivals } from "./draw.ts";
import { latenciesAt } from "./latencies.ts";
import { createOrder } from "./order.ts";
import { createPayment } from "./payment.ts";
import { loadShare, routeNames, routes } from "./routes.ts";
import type { RouteName } from "./routes.ts";
import { createUser } from "./user.ts";

export interface PlatformOptions {
  readonly seed: number;
  /** Requests per second of all services at the peak hour. @default the load generator's */
  readonly rps?: number | undefined;
  /** How many times faster than usual time passes; a request takes as long as ever, so there are as many fewer. */
  readonly timeScale: number;
  readonly incidents: readonly Incident[];
  /** Labels of a scrape target, by its host. */
  readonly target: (host: string) => Labels;
}

export interface Platform {
  readonly counters: Counters;
  /**
   * Lives through a stretch of time.
   *
   * @param end seconds since 1970, in the platform's time.
   * @param length seconds of the platform's time.
   */
  readonly step: (end: number, length: number) => void;
}

export function createPlatform({ seed, rps, timeScale, incidents, target }: PlatformOptions): Platform {
  const counters = createCounters();
  const draws = (name: string) => seededRandom(seed, `past ${name}`);
  const peak = rps ?? configSchema.parse({}).RPS;
  const rateAt = rateCurve({ rps: peak, model: { day: defaultDay, bursts: defaultBursts }, seed });
  const slow = incidents.map(({ effect }) => effect).find(({ kind }) => kind === "order-database-slow");
  const usual = latenciesAt(peak * MEAN_OF_PEAK);
  const slowed = latenciesAt(peak * MEAN_OF_PEAK, slow?.kind === "order-database-slow" ? slow : undefined);

  const payment = createPayment(counters, target("payment"), draws("payment"));
  const user = createUser(counters, target("user"), draws("user"));
  const order = createOrder(counters, target("order"), draws("order"), { payment, user });
  const load = createLoad(counters, target("loadgen"));
  const arriving = Object.fromEntries(
    routeNames.map((name) => [name, arrivals(draws(`arrivals ${name}`))]),
  ) as Record<RouteName, ReturnType<typeof arrivals>>;
  const drift = createDrift(draws("drift"));

  function step(end: number, length: number): void {
    const rate = meanRate(rateAt, end, length) * drift(length);
    const conditions = conditionsAt(incidents, end);
    const latencies = conditions.orderDatabaseSlow ? slowed : usual;
    const seconds = length / timeScale;
    const n = (name: RouteName): number => arriving[name](rate * seconds * loadShare[name]);
    const sent = Object.fromEntries(routeNames.map((name) => [name, n(name)])) as Record<RouteName, number>;

    order.read(sent["order.list"], sent["order.get"], latencies);
    const orders = order.created(sent["order.create"], conditions, latencies, seconds);
    if (conditions.paymentDown) {
      payment.refused(sent["payment.pay"] + orders.refused, sent["payment.list"]);
    } else {
      const direct = payment.judge(sent["payment.pay"], conditions);
      const { approved = 0, declined = 0, fraudulent = 0, failed = 0 } = orders.paid ?? {};
      const all = {
        approved: direct.approved + approved,
        declined: direct.declined + declined,
        fraudulent: direct.fraudulent + fraudulent,
        failed: direct.failed + failed,
      };
      payment.paid(all, latencies, seconds);
      payment.listed(sent["payment.list"], conditions, latencies);
    }
    user.read(sent["user.get"], sent["user.list"], latencies);
    user.signedIn(sent["user.auth"], latencies);
    user.sessionsAre(end * 1000);
    load(sent, rate);
  }
  return { counters, step };
}

/** The traffic's mean over a week, as a share of its peak; only the user cache's warmth depends on it. */
const MEAN_OF_PEAK = 0.6;

/** The rate curve's mean over a step, from a look at each moment on the past's grid: bursts last no shorter. */
function meanRate(rateAt: (epochMs: number) => number, end: number, length: number): number {
  const looks = Math.max(1, Math.round(length / alignSeconds));
  let sum = 0;
  for (let look = 0; look < looks; look += 1) {
    sum += rateAt((end - length + ((look + 0.5) * length) / looks) * 1000);
  }
  return sum / looks;
}

/** People come in waves: a factor around 1 that wanders and forgets (an autoregressive process of first order). */
function createDrift(random: () => number): (length: number) => number {
  let level = 0;
  return (length) => {
    const kept = Math.exp(-length / trafficNoise.seconds);
    level = kept * level + normal(random, 0, Math.sqrt(1 - kept * kept));
    return Math.max(0.5, 1 + trafficNoise.share * level);
  };
}

/** What the load generator says of itself. */
function createLoad(counters: Counters, target: Labels) {
  const sent = scenarios.map(({ service, method, path }) => {
    const name = routeNames.find(
      (name) =>
        routes[name].service === service && routes[name].method === method && routes[name].path === path,
    );
    const labels = { ...target, service, method, path };
    return [counters.add("loadgen_requests_sent_total", labels, "business"), name] as const;
  });
  const current = services.map(({ name }: { name: ServiceName }) =>
    counters.add("loadgen_current_rps", { ...target, service: name }, "business"),
  );
  return (requests: Readonly<Record<RouteName, number>>, rate: number): void => {
    for (const [series, name] of sent) if (name !== undefined) counters.increase(series, requests[name]);
    for (const series of current) counters.set(series, Math.round((rate / services.length) * 100) / 100);
  };
}
