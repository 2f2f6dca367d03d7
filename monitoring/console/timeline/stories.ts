import type { EpisodeBook } from "../faults/episode-book.ts";
import type { Inbox } from "../inbox.ts";
import { storyLimits } from "../limits.ts";
import { storiesOf } from "./story.ts";
import type { Story } from "./story.ts";

/** The incidents that the console remembers, newest first. */
export interface Stories {
  read(): readonly Story[];
  find(id: string): Story | undefined;
}

export interface StoriesOptions {
  readonly book: Pick<EpisodeBook, "all">;
  readonly inbox: Inbox;
  readonly timeScale: number;
}

/** Tells the stories anew at each reading: what is looked at is bounded, so that costs little. */
export function createStories({ book, inbox, timeScale }: StoriesOptions): Stories {
  const newest = (limit?: number): Story[] => {
    const received = inbox.list({ refused: false, limit: storyLimits.notifications }).toReversed();
    return storiesOf(book.all().slice(-storyLimits.faults), received, timeScale, limit);
  };
  return {
    read: () => newest(storyLimits.shown),
    find: (id) => newest().find((story) => story.id === id),
  };
}
