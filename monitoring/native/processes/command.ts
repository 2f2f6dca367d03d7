import { spawn } from "node:child_process";

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Ends the command and everything that it started. @default runs to its end */
  readonly signal?: AbortSignal | undefined;
}

export interface CommandResult {
  readonly exitCode: number;
  /** Standard output and error together, as they came. */
  readonly output: string;
}

/** How long a command may take to end after SIGTERM before it is killed, in milliseconds. */
const KILL_AFTER_MS = 5000;

/**
 * Runs a program to its end, in a process group of its own, so that a Ctrl-C meant for the runner does not hit it.
 *
 * @returns its exit code and output; a program that a signal ended counts as exit code 1.
 * @throws Error when it cannot be started; the signal's reason when it was aborted.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { env, cwd, signal }: CommandOptions = {},
): Promise<CommandResult> {
  signal?.throwIfAborted();
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
  let killTimer: NodeJS.Timeout | undefined;
  const abort = (): void => {
    signalGroup(child.pid, "SIGTERM");
    killTimer = setTimeout(() => signalGroup(child.pid, "SIGKILL"), KILL_AFTER_MS);
  };
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const exitCode = await ended;
    signal?.throwIfAborted();
    return { exitCode, output: Buffer.concat(chunks).toString("utf8") };
  } finally {
    clearTimeout(killTimer);
    signal?.removeEventListener("abort", abort);
  }
}

/** Sends a signal to a process group by its leader's id; a group that is gone is no error. */
export function signalGroup(leader: number | undefined, signal: NodeJS.Signals | 0): boolean {
  if (leader === undefined) return false;
  try {
    return process.kill(-leader, signal);
  } catch {
    return false;
  }
}
