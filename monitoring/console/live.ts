import { liveLimits } from "./limits.ts";

/** Tells open pages that something has changed; what it is, they read from the page itself. */
export class Live {
  /** Begins with the time, so that a page of an earlier run never takes ours for the one that it shows. */
  #version = Date.now();
  #open = 0;
  #closed = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #waiting = new Set<() => void>();

  /** How many streams are open. */
  get streams(): number {
    return this.#open;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Counts up with every change that was told. */
  get version(): number {
    return this.#version;
  }

  /** Says that something has changed. However often it is called, pages hear it once in `liveLimits.pause`. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#version += 1;
      this.#wake();
    }, liveLimits.pause);
  }

  /** Takes a place for a stream; false when all are taken or the console is stopping. */
  enter(): boolean {
    if (this.#closed || this.#open >= liveLimits.streams) return false;
    this.#open += 1;
    return true;
  }

  leave(): void {
    this.#open -= 1;
  }

  /**
   * Waits for a change after `seen`, for the heartbeat's time, for the stream's end or for the console's, whichever is
   * first.
   */
  async next(seen: number, signal: AbortSignal): Promise<void> {
    if (this.#version !== seen || this.#closed || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, liveLimits.heartbeat);
    this.#waiting.add(resolve);
    signal.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    clearTimeout(timer);
    this.#waiting.delete(resolve);
  }

  /** Ends every stream, so that the server can stop. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
  }
}
