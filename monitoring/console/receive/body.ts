import { bodyLimits } from "../limits.ts";

/** A body, or why it was not read. `aborted`: the sender went away, so there is nobody to answer. */
export type BodyRead =
  | { readonly text: string }
  | { readonly refused: "too_large" | "busy"; readonly reason: string }
  | { readonly refused: "aborted" };

/** Reads request bodies within two bounds: one body's size, and the sum of all that are being read. */
export class BodyReader {
  #reserved = 0;

  /**
   * @param request the request; nothing has read its body yet.
   * @param limit the most bytes that its body may have. A body that announces more is not read at all.
   */
  async read(request: Request, limit: number): Promise<BodyRead> {
    const announced = request.headers.get("content-length");
    const size = announced === null ? limit : Number(announced);
    if (size > limit) return tooLarge(`${megabytes(size)} announced`, limit);
    if (this.#reserved + size > bodyLimits.inFlight)
      return { refused: "busy", reason: `${megabytes(this.#reserved)} of bodies are being read; try again` };
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

async function readStream(body: Request["body"], limit: number): Promise<BodyRead> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return tooLarge(`more than ${megabytes(limit)}`, limit);
    chunks.push(chunk);
  }
  return { text: new TextDecoder().decode(Buffer.concat(chunks)) };
}

function tooLarge(what: string, limit: number): BodyRead {
  return { refused: "too_large", reason: `the body is too large: ${what}, the limit is ${megabytes(limit)}` };
}

function megabytes(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
