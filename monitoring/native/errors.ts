/** What the runner refuses to do, or could not finish. `message` is written for the person at the terminal. */
export class NativeError extends Error {
  override readonly name = "NativeError";
  readonly code: NativeErrorCode;
  /** 2: the request cannot be met as it stands, and nothing was started. 1: something failed on the way. */
  readonly exitCode: 1 | 2;

  constructor(code: NativeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.exitCode = refusals.has(code) ? 2 : 1;
  }
}

export type NativeErrorCode =
  | "BAD_OPTION"
  | "TOOLS_MISSING"
  | "INSTALL_FAILED"
  | "STATE_HELD"
  | "PORT_TAKEN"
  | "BAD_CONFIGURATION"
  | "START_FAILED"
  | "COMPONENT_DIED"
  | "PAST_NOT_WRITTEN";

const refusals: ReadonlySet<NativeErrorCode> = new Set([
  "BAD_OPTION",
  "TOOLS_MISSING",
  "STATE_HELD",
  "PORT_TAKEN",
  "BAD_CONFIGURATION",
]);
