import { spend } from "../kit/latency.ts";
import { createStore } from "../kit/store.ts";
import { cache as cacheSize, latencies, seededUsers } from "./behaviour.ts";
import { createCache } from "./cache.ts";
import type { Simulation } from "../kit/simulation.ts";
import type { Page } from "../kit/store.ts";
import type { UserMetrics } from "./metrics.ts";

export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly status: "active";
  readonly created_at: string;
}

/** The users, in a simulated database behind a cache. */
export interface Directory {
  /** Cache-aside: asks the cache; on a miss asks the database and fills the cache. */
  find(id: string): Promise<User | undefined>;
  list(page: Page): Promise<{ readonly records: readonly User[]; readonly total: number }>;
  create(user: { name: string; email: string }): Promise<User>;
}

const FIRST_DAY = "2026-01-01T00:00:00.000Z";

/** Creates the directory with its seeded users, all of them in the cache. */
export function createDirectory(simulation: Simulation, metrics: UserMetrics): Directory {
  const seeds = Array.from({ length: seededUsers.count }, (_, index) =>
    seededUser(seededUsers.first + index),
  );
  const database = createStore<User>({ seeds });
  const cache = createCache<User>(cacheSize);
  for (const user of seeds) cache.set(user.id, user);
  const take = {
    cacheRead: simulation.latency("user cache read", latencies.cacheRead),
    cacheWrite: simulation.latency("user cache write", latencies.cacheWrite),
    queryOne: simulation.latency("user query", latencies.queryOne),
    queryList: simulation.latency("user list", latencies.queryList),
    insert: simulation.latency("user insert", latencies.insert),
  };
  let nextNumber = seededUsers.first + seededUsers.count;

  const remember = async (user: User): Promise<void> => {
    const done = metrics.cacheDuration.startTimer({ operation: "set" });
    await spend(take.cacheWrite());
    cache.set(user.id, user);
    done();
  };

  const query = async <T>(milliseconds: number, read: () => T): Promise<T> => {
    const done = metrics.queryDuration.startTimer();
    await spend(milliseconds);
    done();
    return read();
  };

  return {
    async find(id) {
      const done = metrics.cacheDuration.startTimer({ operation: "get" });
      await spend(take.cacheRead());
      const cached = cache.get(id);
      done();
      metrics.cacheHits.inc({ result: cached === undefined ? "miss" : "hit" });
      if (cached !== undefined) return cached;
      const user = await query(take.queryOne(), () => database.get(id));
      if (user !== undefined) await remember(user);
      return user;
    },
    list: async (page) => query(take.queryList(), () => database.list(page)),
    async create({ name, email }) {
      const user: User = {
        id: `usr-${nextNumber}`,
        name,
        email,
        status: "active",
        created_at: new Date().toISOString(),
      };
      nextNumber += 1;
      await query(take.insert(), () => {
        database.add(user);
      });
      return user;
    },
  };
}

function seededUser(number: number): User {
  return {
    id: `usr-${number}`,
    name: `User ${number}`,
    email: `user${number}@example.com`,
    status: "active",
    created_at: FIRST_DAY,
  };
}
