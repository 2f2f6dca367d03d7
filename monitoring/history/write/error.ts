/** Raised when a past cannot be written. The message says what is wrong and what to do. */
export class PastError extends Error {
  override readonly name = "PastError";
  readonly code = "PAST_NOT_WRITTEN";
}

/** What to do when the system refuses, by its code. */
export const remedies: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full; make room, or start without a past: --history none",
  EACCES: "Give this user the right to write there, or name another folder",
  EPERM: "Give this user the right to write there, or name another folder",
  EROFS: "It is on a read-only file system; name another folder",
  ENOTDIR: "A file stands where a folder is wanted; name another folder",
};
