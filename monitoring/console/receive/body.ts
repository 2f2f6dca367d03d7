import { discard, readToEnd } from "../../../services/kit/unread-body.ts";
import { bodyLimits } from "../limits.ts";

/**
 * A body, or why it was not taken. `aborted`: the sender went away, so there is nobody to answer. `unread`: more of it
 * is to come than is worth waiting for, so that the connection cannot be used again.
 */
export type BodyRead =
  | { readonly text: string }
  | { readonly refused: "too_large" | "busy"; readonly reason: string; readonly unread: boolean }
  | { readonly refused: "aborted" };

/** Reads request bodies within two bounds: one body's size, and the sum of all that are being kept. */
export class BodyReader {
  #reserved = 0;

  /**
   * Whatever it says, it has read the body to its end, or says that it has not: services/kit/unread-body.ts says why.
   *
   * @param request the request; nothing has read its body yet.
   * @param limit the most bytes that its body may have. Of one that announces more, nothing is kept.
   */
  async read(request: Request, limit: number): Promise<BodyRead> {
    const announced = request.headers.get("content-length");
    const size = announced === null ? limit : Number(announced);
    if (size > limit) return refuse(request, "too_large", tooLarge(`${megabytes(size)} announced`, limit));
    if (this.#reserved + size > bodyLimits.inFlight)
      return refuse(request, "busy", `${megabytes(this.#reserved)} of bodies are being read; try again`);
    this.#reserved += size;
    try {
      // Node's HTTP parser holds a sender to the length that it announced.
      return announced === null ? await readStream(request.body, limit) : { text: await request.text() };
    } catch {
      return { refused: "aborted" };
    } finally {
      this.#reserved -= size;
    }
  }
}

async function refuse(request: Request, refused: "too_large" | "busy", reason: string): Promise<BodyRead> {
  try {
    return { refused, reason, unread: !(await readToEnd(request, bodyLimits.discarded)) };
  } catch {
    return { refused: "aborted" };
  }
}

async function readStream(body: Request["body"], limit: number): Promise<BodyRead> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let read = await reader?.read(); read?.value !== undefined; read = await reader?.read()) {
    size += read.value.byteLength;
    if (size > limit) {
      chunks.length = 0;
      const reason = tooLarge(`more than ${megabytes(limit)}`, limit);
      const unread = reader !== undefined && !(await discard(reader, bodyLimits.discarded));
      return { refused: "too_large", reason, unread };
    }
    chunks.push(read.value);
  }
  return { text: new TextDecoder().decode(Buffer.concat(chunks)) };
}

function tooLarge(what: string, limit: number): string {
  return `the body is too large: ${what}, the limit is ${megabytes(limit)}`;
}

function megabytes(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
