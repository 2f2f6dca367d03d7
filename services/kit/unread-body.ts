/**
 * What of a request's body nobody has read. An answer to a request that still arrives makes the server close the
 * connection some time later, in the midst of the next request on it: whoever refuses reads to the end first.
 */

/** The header of an answer after which the connection cannot be used again. */
export const CLOSE = { connection: "close" } as const;

/** How much of a refused body is worth reading, so that its connection stays good; bytes. */
const WORTH_READING = 1024 * 1024;

/**
 * Reads what is left of a body and keeps nothing of it.
 *
 * @param most bytes that are worth waiting for. @default 1 MB
 * @returns false when there is more: the connection cannot be used again, and the answer has to say so.
 * @throws what the stream throws when the sender goes away.
 */
export async function discard(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  most: number = WORTH_READING,
): Promise<boolean> {
  let size = 0;
  for (let read = await reader.read(); read.value !== undefined; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > most) return false;
  }
  return true;
}

/**
 * Reads a whole body and keeps nothing of it, unless somebody has read of it already.
 *
 * @param most see `discard`.
 * @returns see `discard`.
 * @throws see `discard`.
 */
export async function readToEnd(request: Request, most?: number): Promise<boolean> {
  if (request.bodyUsed || request.body === null) return true;
  return discard(request.body.getReader(), most);
}
