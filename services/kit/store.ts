/** The last records of a kind, by id. */
export interface Store<T extends { readonly id: string }> {
  /** Keeps a record; beyond the capacity the oldest one goes. */
  add(record: T): void;
  get(id: string): T | undefined;
  /** The newest first. */
  list(page: Page): { readonly records: readonly T[]; readonly total: number };
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export interface StoreOptions<T> {
  /** How many added records are kept. @default 1000 */
  capacity?: number;
  /** Records that are there from the start and stay; the first is the newest. @default none */
  seeds?: readonly T[];
}

/** A store in memory whose size has a bound, so that a service's memory stays flat however long it runs. */
export function createStore<T extends { readonly id: string }>({
  capacity = 1000,
  seeds = [],
}: StoreOptions<T> = {}): Store<T> {
  const byId = new Map<string, T>(seeds.map((seed) => [seed.id, seed]));
  const ring: T[] = [];
  /** Where the next record goes; the newest is just before it. */
  let head = 0;

  const at = (index: number): T | undefined =>
    index < ring.length ? ring[(head - 1 - index + capacity) % capacity] : seeds[index - ring.length];

  return {
    add(record) {
      const oldest = ring[head];
      if (oldest !== undefined) byId.delete(oldest.id);
      ring[head] = record;
      byId.set(record.id, record);
      head = (head + 1) % capacity;
    },
    get: (id) => byId.get(id),
    list({ limit, offset }) {
      const records: T[] = [];
      const total = ring.length + seeds.length;
      for (let index = offset; index < Math.min(offset + limit, total); index += 1) {
        const record = at(index);
        if (record !== undefined) records.push(record);
      }
      return { records, total };
    },
  };
}
