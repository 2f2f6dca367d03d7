import { spend } from "../kit/latency.ts";
import { createStore } from "../kit/store.ts";
import { cache as cacheSize, seededUsers } from "./behaviour.ts";
import { createCache } from "./cache.ts";
import type { Page } from "../kit/store.ts";
import type { UserMetrics } from "./metrics.ts";
import type { UserModel } from "./model.ts";

interface User {
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
export function createDirectory({ takes }: UserModel, metrics: UserMetrics): Directory {
  const seeds = Array.from({ length: seededUsers.count }, (_, index) =>
    seededUser(seededUsers.first + index),
  );
  const database = createStore<User>({ seeds });
  const cache = createCache<User>(cacheSize);
  for (const user of seeds) cache.set(user.id, user);
  let nextNumber = seededUsers.first + seededUsers.count;

  const remember = async (user: User): Promise<void> => {
    const done = metrics.cacheDuration.startTimer({ operation: "set" });
    await spend(takes.cacheWrite());
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
      await spend(takes.cacheRead());
      const cached = cache.get(id);
      done();
      metrics.cacheHits.inc({ result: cached === undefined ? "miss" : "hit" });
      if (cached !== undefined) return cached;
      const user = await query(takes.queryOne(), () => database.get(id));
      if (user !== undefined) await remember(user);
      return user;
    },
    list: async (page) => query(takes.queryList(), () => database.list(page)),
    async create({ name, email }) {
      const user: User = {
        id: `usr-${nextNumber}`,
        name,
        email,
        status: "active",
        created_at: new Date().toISOString(),
      };
      nextNumber += 1;
      await query(takes.insert(), () => {
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
