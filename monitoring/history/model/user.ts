/** The user service of the past, which stays healthy. */
import type { Random } from "../../../services/kit/random.ts";
import { authResults, failures, sessions } from "../../../services/user/behaviour.ts";
import { sessionsAt } from "../../../services/user/sessions.ts";
import { normal } from "../../../services/kit/random.ts";
import { defaultDay } from "../../../loadgen/traffic.ts";
import type { Counters, Labels } from "./counters.ts";
import { spacedShare } from "./draw.ts";
import { httpRoute } from "./http.ts";
import type { Latencies } from "./latencies.ts";

const operations = ["get", "list", "auth", "validate"] as const;
type Operation = (typeof operations)[number];

/** What each way that a sign-in ends means in HTTP; services/user/sign-in.ts. */
const signInStatuses = { success: 200, invalid_credentials: 401, account_locked: 423, rate_limited: 429 };

export function createUser(counters: Counters, target: Labels, random: Random) {
  const routes = {
    get: httpRoute(counters, target, "user.get", [200, 429, 500]),
    list: httpRoute(counters, target, "user.list", [200, 429, 500]),
    auth: httpRoute(counters, target, "user.auth", [200, 401, 423, 429, 500]),
    validate: httpRoute(counters, target, "user.validate", [200, 429, 500]),
  };
  const requests = Object.fromEntries(
    operations.map((operation) => [
      operation,
      counters.add("user_requests_total", { ...target, operation }, "business"),
    ]),
  ) as Record<Operation, number>;
  const attempts = authResults.map(([result, weight]) => {
    const series = counters.add("user_auth_attempts_total", { ...target, result }, "business");
    return { result, series, share: weight / 100, draw: spacedShare(random) };
  });
  const [hits, misses] = ["hit", "miss"].map((result) =>
    counters.add("cache_hits_total", { ...target, result }, "business"),
  ) as [number, number];
  const active = counters.add("active_sessions", target, "business");
  const admission = Object.fromEntries(
    operations.map((operation) => [operation, [spacedShare(random), spacedShare(random)] as const]),
  ) as Record<Operation, readonly [ReturnType<typeof spacedShare>, ReturnType<typeof spacedShare>]>;

  function admit(operation: Operation, count: number, { cacheHits }: Latencies) {
    const [fails, refuses] = admission[operation];
    const failed = fails(count, failures.default.failed);
    const refused = refuses(count - failed, failures.default.refused);
    const valid = count - failed - refused;
    counters.increase(requests[operation], count);
    if (operation !== "list") {
      counters.increase(hits, valid * cacheHits);
      counters.increase(misses, valid * (1 - cacheHits));
    }
    return { failed, refused, valid };
  }

  function plain(operation: "get" | "list" | "validate", count: number, latencies: Latencies) {
    const admitted = admit(operation, count, latencies);
    const { valid, refused, failed } = admitted;
    routes[operation]({ 200: valid, 429: refused, 500: failed }, latencies.routes[`user.${operation}`]);
    return admitted;
  }

  return {
    read(gets: number, lists: number, latencies: Latencies): void {
      plain("get", gets, latencies);
      plain("list", lists, latencies);
    },
    validated: (count: number, latencies: Latencies) => plain("validate", count, latencies),
    signedIn(count: number, latencies: Latencies): void {
      const { valid, refused, failed } = admit("auth", count, latencies);
      const answers: Record<number, number> = { 429: refused, 500: failed };
      let rest = valid;
      for (const { result, series, share, draw } of attempts.toReversed()) {
        const ended = result === "success" ? rest : Math.min(rest, draw(valid, share));
        rest -= ended;
        counters.increase(series, ended);
        answers[signInStatuses[result]] = (answers[signInStatuses[result]] ?? 0) + ended;
      }
      routes.auth(answers, latencies.routes["user.auth"]);
    },
    /** @param epochMs in the platform's time. */
    sessionsAre(epochMs: number): void {
      const day = { peakHour: defaultDay.peakHour, dayLength: defaultDay.lengthSeconds * 1000 };
      counters.set(active, Math.round(sessionsAt(epochMs, day) * normal(random, 1, sessions.jitter)));
    },
  };
}
