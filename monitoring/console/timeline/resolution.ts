import { isPage } from "../../compiler/windows.ts";
import { tierDelays } from "../../predict/pipeline.ts";
import type { SloFacts } from "../../predict/slo-facts.ts";
import { isSettled } from "./story.ts";
import type { Story } from "./story.ts";

/** By when the news that a page is over should have come. */
export interface Resolution {
  /** Milliseconds since 1970. */
  readonly by: number;
  /** The short window that is to be clean again; seconds at real scale. */
  readonly shortSeconds: number;
}

/**
 * Computes until when a page that was sent stays open after its faults have ended: its short window has to be free of
 * them, which an evaluation has to see, and Alertmanager has to tell.
 *
 * @returns null while a fault is on, when nobody was paged by arithmetic, and when it is resolved.
 */
export function resolutionOf(story: Story, slos: readonly SloFacts[], timeScale: number): Resolution | null {
  const { endedAt, crossings, faults } = story;
  if (endedAt === null || faults.length === 0 || isSettled(story)) return null;
  const tiers = crossings.filter(isPage).flatMap((crossing) => {
    const facts = slos.find(({ slo }) => slo === crossing.slo);
    return facts?.tiers.filter(({ name }) => name === crossing.tier) ?? [];
  });
  const slowest = tiers.toSorted((a, b) => b.shortSeconds - a.shortSeconds)[0];
  if (slowest === undefined) return null;
  const { scrape, evaluation, groupInterval } = tierDelays(slowest, timeScale);
  const seconds = slowest.shortSeconds / timeScale + scrape + evaluation + groupInterval;
  return { by: endedAt + seconds * 1000, shortSeconds: slowest.shortSeconds };
}
