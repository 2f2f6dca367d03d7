/** Writes series as OpenMetrics text, fast: everything is bytes, and what repeats is copied. */
import { closeSync, openSync, writeSync } from "node:fs";
import type { WrittenSeries } from "../recorded/written.ts";

/** The text of moments, by index from `first`, each ` <seconds>\n` and equally long. */
export interface MomentTexts {
  readonly first: number;
  readonly bytes: Buffer;
  readonly length: number;
}

/** As much is kept in memory before it is written. Bytes. */
const BUFFER = 1 << 20;
/** No line is longer. Bytes. */
const LONGEST_LINE = 2048;
/** Fractions are written with as many places: enough for a thousandth of a 99.99 % objective's budget. */
const PLACES = 7;
const SCALE = 10 ** PLACES;
/** Above it bits are lost to the arithmetic of 32-bit integers. */
const LARGEST = 2 ** 31;

/**
 * Prints the moments of a range.
 *
 * @param milliseconds since 1970, ascending.
 * @param first the index of the first.
 */
export function momentTexts(milliseconds: readonly number[], first: number): MomentTexts {
  const fractions = milliseconds.some((each) => each % 1000 !== 0);
  const texts = milliseconds.map((each) => ` ${fractions ? (each / 1000).toFixed(3) : each / 1000}\n`);
  return { first, bytes: Buffer.from(texts.join("")), length: texts[0]?.length ?? 0 };
}

export interface OpenMetricsFile {
  /** @returns how many samples it wrote. */
  readonly write: (series: WrittenSeries) => number;
  /** Writes the end mark and closes the file. */
  readonly end: () => void;
}

/** Opens a file for the series of one range of time. */
export function openMetricsFile(file: string, moments: MomentTexts): OpenMetricsFile {
  const descriptor = openSync(file, "w");
  const buffer = Buffer.allocUnsafe(BUFFER);
  let used = 0;
  const flush = (): void => {
    for (let at = 0; at < used;) at += writeSync(descriptor, buffer, at, used - at);
    used = 0;
  };
  return {
    write({ metric, labels, indexes, values }) {
      // A call that copies costs more than a dozen bytes do: only the long prefix is worth one.
      const prefix = Buffer.from(prefixOf(metric, labels));
      for (let at = 0; at < indexes.length; at += 1) {
        if (used > BUFFER - LONGEST_LINE) flush();
        used += prefix.copy(buffer, used);
        used = writeNumber(buffer, used, values[at] ?? 0);
        const begin = ((indexes[at] ?? 0) - moments.first) * moments.length;
        for (let byte = 0; byte < moments.length; byte += 1) {
          buffer[used++] = moments.bytes[begin + byte] ?? 0;
        }
      }
      return indexes.length;
    },
    end() {
      used += buffer.write("# EOF\n", used, "latin1");
      flush();
      closeSync(descriptor);
    },
  };
}

function prefixOf(metric: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${metric}{${pairs.join(",")}} `;
}

/** Printing digits by hand takes a third of the time that `String` and `write` take. */
function writeNumber(buffer: Buffer, at: number, value: number): number {
  const whole = Math.trunc(value);
  if (!(Math.abs(value) < LARGEST)) return at + buffer.write(String(value), at, "latin1");
  let used = at;
  if (value < 0) buffer[used++] = MINUS;
  const scaled = whole === value ? 0 : Math.round(Math.abs(value - whole) * SCALE);
  const carry = scaled === SCALE ? 1 : 0;
  used = writeDigits(buffer, used, Math.abs(whole) + carry, 1);
  if (scaled === 0 || carry === 1) return used;
  buffer[used++] = POINT;
  return writeDigits(buffer, used, scaled, PLACES);
}

function writeDigits(buffer: Buffer, at: number, value: number, least: number): number {
  let digits = least;
  for (let limit = 10 ** least; value >= limit; limit *= 10) digits += 1;
  let rest = value;
  for (let place = at + digits - 1; place >= at; place -= 1) {
    const tens = (rest / 10) | 0;
    buffer[place] = ZERO + rest - tens * 10;
    rest = tens;
  }
  return at + digits;
}

const [MINUS, POINT, ZERO] = [0x2d, 0x2e, 0x30];
