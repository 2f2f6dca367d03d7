/** A cache whose entries age, and whose least recently used ones go when it is full. */
export interface Cache<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
}

export interface CacheOptions {
  /** Entries at most. */
  capacity: number;
  /** Milliseconds until an entry is too old to be used. */
  timeToLive: number;
  /** A monotonic clock in milliseconds. @default performance.now */
  now?: () => number;
}

/** Creates an empty cache. */
export function createCache<T>({
  capacity,
  timeToLive,
  now = () => performance.now(),
}: CacheOptions): Cache<T> {
  // A Map remembers the order of insertion: its first key is the one that was used least recently.
  const entries = new Map<string, { readonly value: T; readonly expiresAt: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (entry.expiresAt <= now()) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, { value, expiresAt: now() + timeToLive });
      const [oldest] = entries.keys();
      if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
    },
  };
}
