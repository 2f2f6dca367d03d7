import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The helper that outlives the runner just long enough to end what the runner started. */
export interface Reaper {
  /** A process group that must not outlive the runner. */
  readonly add: (group: number) => Promise<void>;
  /** A group that has ended, so that its number may be somebody else's tomorrow. */
  readonly drop: (group: number) => void;
  /** Lets the helper go; to be called when every group was dropped. */
  readonly dismiss: () => Promise<void>;
}

const script = fileURLToPath(new URL("reaper.sh", import.meta.url));

/**
 * Starts the reaper: a shell script in a session of its own that holds a pipe to this process.
 *
 * @param onDeath called when it ends before it was dismissed; the stack is then unguarded.
 */
export function startReaper(onDeath: () => void): Reaper {
  const child = spawn("sh", [script], { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  const exited = once(child, "exit");
  let dismissed = false;
  const died = (): void => {
    if (!dismissed) onDeath();
  };
  child.once("error", died);
  exited.then(died, () => undefined);
  // A write to a reaper that just died is reported by its exit.
  child.stdin.on("error", () => undefined);
  return {
    add: (group) => new Promise((resolve) => child.stdin.write(`add ${group}\n`, () => resolve())),
    drop: (group) => void child.stdin.write(`drop ${group}\n`),
    dismiss: async () => {
      dismissed = true;
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await exited;
    },
  };
}
