/** Raised when a past cannot be written. The message says what is wrong and what to do. */
export class PastError extends Error {
  override readonly name = "PastError";
  readonly code = "PAST_NOT_WRITTEN";
}
