/**
 * A source of randomness that can be replayed: numbers from 0 (included) to 1 (excluded). Every simulated
 * latency, failure and arrival draws from one.
 */
export type Random = () => number;

/**
 * A seeded generator: sfc32 (Chris Doty-Humphrey's "Small Fast Counting" generator, 128 bits of state), its
 * state filled by splitmix32. Equal seeds and streams give equal sequences. Not for secrets.
 *
 * @param seed any integer.
 * @param stream a name, so that independent parts of a program draw from independent sequences of one seed.
 */
export function seededRandom(seed: number, stream = ""): Random {
  let state = hash(stream) ^ seed;
  const split = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  return sfc32(split(), split(), split());
}

/** A seed for programs that were not given one; they log it, so that the run can be repeated. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 2 ** 32);
}

/** A number from `min` to `max`, all equally likely. */
export function uniform(random: Random, min: number, max: number): number {
  return min + (max - min) * random();
}

/** A number of a normal distribution, by the Box-Muller transform. */
export function normal(random: Random, mean: number, sigma: number): number {
  // 1 - random() is never 0, whose logarithm has no value.
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return mean + sigma * radius * Math.cos(2 * Math.PI * random());
}

/**
 * One of the values of a table, each as likely as its weight says. The weights need not add up to anything.
 *
 * @throws RangeError when the table is empty.
 */
export function weighted<T>(random: Random, table: readonly (readonly [value: T, weight: number])[]): T {
  const last = table.at(-1);
  if (last === undefined) throw new RangeError("weighted() needs at least one value");
  let rest = random() * table.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of table) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return last[0];
}

function sfc32(first: number, second: number, third: number): Random {
  let [a, b, c] = [first, second, third];
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}
