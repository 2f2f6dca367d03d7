/**
 * The dead man's switch: an alert that always fires, so that its silence tells that the alerting pipeline itself is
 * broken. It remembers the last beat across restarts of the console.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { watchdogSilence } from "./limits.ts";
import type { Beat } from "./receive/watchdog.ts";

export interface SwitchReading {
  /**
   * `waiting`: not heard yet, and not yet too late for it. `beating`: all is well. `silent`: too long nothing.
   * `resolved`: Alertmanager says that the Watchdog alert has stopped firing.
   */
  readonly state: "waiting" | "beating" | "silent" | "resolved";
  readonly lastHeardAt: Date | null;
  /** Since when this console has been listening. */
  readonly since: Date;
  /** The silence that is too long, in seconds. */
  readonly limitSeconds: number;
}

export interface DeadMansSwitch {
  /** Notes that the Watchdog was heard. @throws Error of the file system when it cannot be remembered. */
  beat(beat: Beat): void;
  read(): SwitchReading;
}

export interface DeadMansSwitchOptions {
  /** The console's data directory; made if absent. */
  readonly directory: string;
  /** How many times faster than real the alerting runs. @default 1 */
  readonly timeScale?: number;
  /** @default the clock */
  readonly now?: () => Date;
}

const memorySchema = z.strictObject({ beat: z.enum(["firing", "resolved"]), at: z.iso.datetime() });
type Memory = z.infer<typeof memorySchema>;

export function createDeadMansSwitch({
  directory,
  timeScale = 1,
  now = () => new Date(),
}: DeadMansSwitchOptions): DeadMansSwitch {
  const file = path.join(directory, "watchdog.json");
  const since = now();
  const limitSeconds = Math.max(watchdogSilence.shortestSeconds, watchdogSilence.seconds / timeScale);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let last = remembered(file);

  return {
    beat(beat) {
      last = { beat, at: now().toISOString() };
      // Written beside and renamed, so that a kill leaves either the old beat or the new one.
      writeFileSync(`${file}.new`, JSON.stringify(last), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
    read() {
      const lastHeardAt = last === undefined ? null : new Date(last.at);
      const quiet = (now().getTime() - (lastHeardAt ?? since).getTime()) / 1000;
      return { state: stateOf(last?.beat, quiet > limitSeconds), lastHeardAt, since, limitSeconds };
    },
  };
}

function stateOf(beat: Beat | undefined, late: boolean): SwitchReading["state"] {
  if (beat === "resolved") return "resolved";
  if (late) return "silent";
  return beat === undefined ? "waiting" : "beating";
}

/** What an earlier run noted; a file that is gone or damaged counts as never heard. */
function remembered(file: string): Memory | undefined {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}
