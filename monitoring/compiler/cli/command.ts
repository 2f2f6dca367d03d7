/** What a command is given besides its arguments. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** 0: done. 1: the input has errors, or a check failed. 2: the command line is wrong. */
export type ExitCode = 0 | 1 | 2;

/** A command of `npm run slo`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints after the name of the program. */
  readonly usage: string;
  /**
   * @param args what stands behind the command's name.
   * @throws UsageError when they are wrong.
   */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<ExitCode> | ExitCode;
}

/** The command line is wrong; the message says where and what to write instead. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "USAGE";
}
