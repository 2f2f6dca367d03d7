import { faultLogLimits } from "../limits.ts";
import { Journal } from "../journal.ts";
import type { Position } from "../journal.ts";
import { episodeSchema } from "./episode.ts";
import type { Episode } from "./episode.ts";

export interface FaultLogOptions {
  /** The console's data directory. */
  readonly directory: string;
  /** Hears what of an earlier run could not be read, in words. */
  readonly onProblem: (problem: string) => void;
}

/** Every fault that was seen, also across restarts of the console. The oldest go first. */
export class FaultLog {
  readonly #journal: Journal;
  readonly #episodes = new Map<string, Episode>();
  /** Where each episode was first written: the journal may drop what is older than the oldest of them. */
  readonly #written = new Map<string, Position>();

  /** Opens the log with what an earlier run left. @throws Error of the file system. */
  constructor({ directory, onProblem }: FaultLogOptions) {
    this.#journal = new Journal({
      directory,
      name: "faults",
      segmentBytes: faultLogLimits.segmentBytes,
      onLine: (line, at) => {
        const episode = parseLine(line);
        if (episode === undefined)
          onProblem(`skipped a damaged line of ${at.bytes} bytes in faults segment ${at.segment}`);
        else this.#remember(episode, at);
      },
      onTorn: (file, bytes) => onProblem(`skipped ${bytes} bytes of an unfinished last line in ${file}`),
    });
    this.#evict();
  }

  /** The oldest first. */
  get episodes(): readonly Episode[] {
    return [...this.#episodes.values()];
  }

  get bytes(): number {
    return this.#journal.bytes;
  }

  find(key: string): Episode | undefined {
    return this.#episodes.get(key);
  }

  /** Keeps a new episode, or what is now known of an old one. @throws Error of the file system; nothing is kept then. */
  put(episode: Episode): void {
    this.#remember(episode, this.#journal.append(JSON.stringify(episode)));
    this.#evict();
  }

  close(): void {
    this.#journal.close();
  }

  #remember(episode: Episode, at: Position): void {
    this.#episodes.set(episode.key, episode);
    // The newest line is the one that counts when the journal is read back.
    this.#written.set(episode.key, at);
  }

  #evict(): void {
    for (const [key, { endedAt }] of this.#episodes) {
      if (this.#episodes.size <= faultLogLimits.count) break;
      if (endedAt === null) continue;
      this.#episodes.delete(key);
      this.#written.delete(key);
    }
    const needed = Math.min(...this.#written.values().map(({ segment }) => segment));
    if (Number.isFinite(needed)) this.#journal.dropBefore(needed);
  }
}

function parseLine(line: string): Episode | undefined {
  try {
    return episodeSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
