/**
 * An append-only file of lines, cut into segments. Old lines go by unlinking whole segments: nothing is ever copied or
 * rewritten, so there is no moment at which a kill could lose what was kept.
 */
import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";

/** Where a line lies. */
export interface Position {
  readonly segment: number;
  readonly offset: number;
  readonly bytes: number;
}

export interface JournalOptions {
  /** The folder; made if absent. */
  readonly directory: string;
  /** The file names' first part, so that several journals may share a folder. */
  readonly name: string;
  /** A new segment is begun once the current one has grown to this. */
  readonly segmentBytes: number;
  /** Hears of each line found at the start, oldest first. */
  readonly onLine: (line: string, at: Position) => void;
  /** Hears of an unfinished last line: the program was killed while it wrote. It was never acknowledged. */
  readonly onTorn: (file: string, bytes: number) => void;
}

export class Journal {
  readonly #directory: string;
  readonly #name: string;
  readonly #segmentBytes: number;
  /** Size of each segment, oldest first. */
  readonly #sizes = new Map<number, number>();
  /** The segment that this run writes; none before its first line, so that a run without any leaves no file. */
  #current: { readonly segment: number; readonly descriptor: number } | undefined;

  /** Opens the journal and reads it through. @throws Error of the file system when the folder cannot be used. */
  constructor({ directory, name, segmentBytes, onLine, onTorn }: JournalOptions) {
    this.#directory = directory;
    this.#name = name;
    this.#segmentBytes = segmentBytes;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    for (const segment of this.#found()) this.#replay(segment, onLine, onTorn);
  }

  /** Bytes on disk. */
  get bytes(): number {
    return this.#sizes.values().reduce((sum, size) => sum + size, 0);
  }

  /**
   * Writes a line before it returns: some 20 µs into the page cache, which outlives a kill of this program (not a
   * power cut). Synchronous, so that an answer is never given for what is not written, nor in another order.
   *
   * @param line text without a line break, such as JSON.
   * @returns where it lies.
   * @throws Error of the file system (a full disk); nothing of the line is kept then.
   */
  append(line: string): Position {
    const { segment, descriptor } = this.#writable();
    const data = Buffer.from(`${line}\n`);
    const offset = this.#size(segment);
    try {
      for (let done = 0; done < data.length;)
        done += writeSync(descriptor, data, done, data.length - done, offset + done);
    } catch (error) {
      ftruncateSync(descriptor, offset);
      throw error;
    }
    this.#sizes.set(segment, offset + data.length);
    return { segment, offset, bytes: data.length - 1 };
  }

  /**
   * @param at what `append` or `onLine` gave.
   * @returns the line, or undefined when its segment has been dropped.
   */
  async read(at: Position): Promise<string | undefined> {
    if (!this.#sizes.has(at.segment)) return undefined;
    const file = await open(this.#file(at.segment)).catch(() => undefined);
    if (file === undefined) return undefined;
    try {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(at.bytes), 0, at.bytes, at.offset);
      return bytesRead === at.bytes ? buffer.toString() : undefined;
    } finally {
      await file.close();
    }
  }

  /** Unlinks the segments older than the given one; never the current one. */
  dropBefore(segment: number): void {
    for (const old of this.#sizes.keys())
      if (old < segment && old !== this.#current?.segment) {
        this.#sizes.delete(old);
        rmSync(this.#file(old), { force: true });
      }
  }

  close(): void {
    if (this.#current === undefined) return;
    fsyncSync(this.#current.descriptor);
    closeSync(this.#current.descriptor);
    this.#current = undefined;
  }

  #found(): number[] {
    const pattern = new RegExp(`^${this.#name}-(\\d+)\\.jsonl$`);
    const numbers = readdirSync(this.#directory).map((file) => Number(pattern.exec(file)?.[1] ?? Number.NaN));
    return numbers.filter((number) => !Number.isNaN(number)).toSorted((a, b) => a - b);
  }

  #replay(segment: number, onLine: JournalOptions["onLine"], onTorn: JournalOptions["onTorn"]): void {
    const file = this.#file(segment);
    const data = readFileSync(file);
    let offset = 0;
    for (let end = data.indexOf(10); end !== -1; end = data.indexOf(10, offset)) {
      onLine(data.toString("utf8", offset, end), { segment, offset, bytes: end - offset });
      offset = end + 1;
    }
    if (offset < data.length) {
      onTorn(file, data.length - offset);
      truncateSync(file, offset);
    }
    this.#sizes.set(segment, offset);
  }

  /** The segment to write to: a fresh one at first, and whenever the current one is full. */
  #writable(): { readonly segment: number; readonly descriptor: number } {
    const full = this.#current;
    if (full !== undefined && this.#size(full.segment) < this.#segmentBytes) return full;
    this.#current = this.#begin(Math.max(0, ...this.#sizes.keys()) + 1);
    if (full !== undefined) closeSync(full.descriptor);
    return this.#current;
  }

  /** Never opens a file that is there: a second program on the same folder cannot mix its lines into ours. */
  #begin(segment: number): { readonly segment: number; readonly descriptor: number } {
    try {
      const descriptor = openSync(this.#file(segment), "wx", 0o600);
      this.#sizes.set(segment, 0);
      return { segment, descriptor };
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST")
        return this.#begin(segment + 1);
      throw error;
    }
  }

  #size(segment: number): number {
    return this.#sizes.get(segment) ?? 0;
  }

  #file(segment: number): string {
    return path.join(this.#directory, `${this.#name}-${String(segment).padStart(6, "0")}.jsonl`);
  }
}
