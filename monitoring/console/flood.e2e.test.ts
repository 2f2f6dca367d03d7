/**
 * Done-when 4 and 5 of the console: a flood of ten thousand notifications into a real console in a process of its own,
 * and a kill in the middle of one. Alone on the machine, because memory is measured: a garbage collector that waits for a
 * processor lets garbage stand. Time is not measured here; `npm run bench:flood` does.
 */
import { describe, expect, it, onTestFinished } from "vitest";
import { peakBytes } from "../../loadgen/bench/proc.ts";
import type { RunningListener } from "../../loadgen/bench/program.ts";
import { startConsoleProcess } from "./bench/console-process.ts";
import { flood, inParallel, keptOf, message, poster, sendFlood, shown } from "./bench/flood.ts";
import type { Post } from "./bench/flood.ts";
import { temporaryDirectory } from "./testing.ts";

/** Bytes. */
const MEMORY = 150 * 1024 * 1024;
const TIMEOUT = 240_000;

async function startConsole(directory: string): Promise<RunningListener> {
  const started = await startConsoleProcess(directory);
  onTestFinished(() => started.kill());
  return started;
}

function postsTo(port: number, connections: number): Post {
  const { post, close } = poster(port, connections);
  onTestFinished(close);
  return post;
}

describe("a flood", () => {
  it(
    "is taken whole, but for what is too large or malformed, in bounded memory",
    async () => {
      const directory = temporaryDirectory();
      // A first start fills the compile cache, as the demo's first start does.
      const warm = await startConsole(directory);
      await warm.stop();

      const { port, pid } = await startConsole(directory);
      const statuses = await sendFlood(postsTo(port, flood.connections));
      const count = (status: number | null): number => statuses.filter((each) => each === status).length;
      const taken = flood.count - flood.tooLarge - flood.malformed;
      expect({
        taken: count(200) + count(202),
        tooLarge: count(413),
        malformed: count(400),
        unanswered: count(null),
      }).toEqual({ taken, tooLarge: flood.tooLarge, malformed: flood.malformed, unanswered: 0 });
      expect(await keptOf(port)).toEqual({ kept: taken, refused: flood.tooLarge + flood.malformed });
      expect(peakBytes(pid)).toBeLessThan(MEMORY);
    },
    TIMEOUT,
  );
});

describe("a kill in the middle", () => {
  it(
    "loses nothing that was answered, and what is delivered again shows once",
    async () => {
      const directory = temporaryDirectory();
      const first = await startConsole(directory);
      const post = postsTo(first.port, 10);
      let answered = 0;
      const statuses = await inParallel(
        10,
        Array.from({ length: 2000 }, (_, n) => async () => {
          const { path, body } = message(n);
          const status = await post(path, body);
          if (status !== null && ++answered === 700) void first.kill();
          return status;
        }),
      );
      await first.kill();
      expect(statuses.filter((status) => status === null).length).toBeGreaterThan(1000);

      const second = await startConsole(directory);
      const kept = await shown(second.port);
      expect(kept.length).toBeGreaterThanOrEqual(answered);

      // Alertmanager sends again what it got no answer to; here everything comes again.
      const postAgain = postsTo(second.port, 10);
      await inParallel(
        10,
        Array.from({ length: 2000 }, (_, n) => () => {
          const { path, body } = message(n);
          return postAgain(path, body);
        }),
      );
      const keys = (await shown(second.port)).map(({ dedup_key, summary }) => dedup_key ?? summary);
      expect(keys).toHaveLength(2000);
      expect(new Set(keys).size).toBe(2000);
    },
    TIMEOUT,
  );
});
