/** A guess may differ in a third of its letters, so `targt` finds `target` and `foo` finds nothing. */
const LETTERS_PER_MISTAKE = 3;

/**
 * Finds the word that somebody most likely meant.
 *
 * @param got what was written.
 * @param known what would have been right.
 * @returns the nearest of them, or undefined when none is near.
 */
export function nearest(got: string, known: Iterable<string>): string | undefined {
  const typed = got.toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(typed.length / LETTERS_PER_MISTAKE)) + 1;
  for (const word of known) {
    if (Math.abs(word.length - typed.length) >= bestDistance) continue;
    const distance = editDistance(typed, word.toLowerCase());
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein's distance: the fewest letters to add, drop or change. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
