import { once } from "node:events";
import { NativeError } from "./errors.ts";
import { parseOptions, usage, type DemoOptions } from "./options.ts";
import { createScreen } from "./screen.ts";
import { startStack } from "./stack.ts";
import { listenForStop, StopRequest } from "./stop-request.ts";
import { createStartUp, overviewFull } from "./start-up.ts";
import { firstScrape, targetsUp } from "./targets.ts";
import { welcome } from "./welcome.ts";

/**
 * `npm run demo`: starts the stack, tells what runs where, and keeps it until Ctrl-C, the end of `--duration`, or the
 * death of a component.
 *
 * @param args the command line.
 * @returns the exit code: 0 stopped as asked; 1 something failed; 2 nothing was started, and the message says why;
 *   128 + signal number when it was stopped before it was up.
 */
export async function runDemo(args: readonly string[]): Promise<number> {
  const stop = listenForStop();
  // A terminal that is closed, or a reader that has gone, must not keep us from stopping in order.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  try {
    const options = parseOptions(args, process.env);
    if (options !== "help") return await demo(options, stop);
    process.stdout.write(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof NativeError || error instanceof StopRequest)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
}

/** What has not happened after so many milliseconds is left out of the table of start-up times. */
const START_UP_MS = 60_000;

async function demo(options: DemoOptions, stop: AbortSignal): Promise<number> {
  const screen = createScreen(process.stdout);
  const startUp = createStartUp();
  const stack = await startStack({
    ...options,
    signal: stop,
    say: screen.say,
    onState: (name, state) => {
      screen.update(name, state);
      startUp.note(name, state);
    },
  }).finally(screen.settle);
  screen.say(welcome(stack, options));

  const over = new AbortController();
  const end = AbortSignal.any([stop, stack.failed, over.signal]);
  const timer =
    options.durationMs === undefined ? undefined : setTimeout(() => over.abort(), options.durationMs);
  const prometheus = stack.url("prometheus");
  targetsUp(prometheus, stack.begunMs, end).then(screen.say, () => undefined);
  const marked = async (title: string, seen: Promise<boolean>): Promise<void> => {
    if (await seen) startUp.mark(title);
  };
  Promise.all([
    marked("first scrape", firstScrape(prometheus, end, START_UP_MS)),
    // Without a past it fills within hours.
    options.history === "none"
      ? undefined
      : marked("SLO overview full", overviewFull(prometheus, end, START_UP_MS)),
  ]).then(
    () => screen.say(startUp.table()),
    () => undefined,
  );
  if (!end.aborted) await once(end, "abort");
  clearTimeout(timer);

  if (stack.failed.aborted) process.stderr.write(`${(stack.failed.reason as NativeError).message}\n`);
  screen.say("Stopping …");
  await stack.stop();
  screen.say(
    `Stopped: no process and no open port is left. Logs and data stay in ${options.stateDirectory}.`,
  );
  return stack.failed.aborted ? 1 : 0;
}
