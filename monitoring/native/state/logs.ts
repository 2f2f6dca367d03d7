import { copyFileSync, mkdirSync, openSync, readFileSync, renameSync, statSync, truncateSync } from "node:fs";
import path from "node:path";

/** A log beyond this is moved to `<name>.log.1` while its program goes on writing. */
const MAX_LOG_BYTES = 16 * 1024 * 1024;
const TAIL_LINES = 10;

/** The file that takes a component's output. */
export function logFile(directory: string, name: string): string {
  return path.join(directory, "logs", `${name}.log`);
}

/**
 * Begins a component's log; the one of the run before becomes `<name>.log.1`.
 *
 * @returns an open descriptor in append mode, which `trimLog` relies on; the caller closes it.
 */
export function openLog(directory: string, name: string): number {
  const file = logFile(directory, name);
  mkdirSync(path.dirname(file), { recursive: true });
  if (sizeOf(file) > 0) renameSync(file, `${file}.1`);
  return openSync(file, "a");
}

/**
 * Keeps a log within bounds while it is written to: a copy is kept as `<name>.log.1` and the file is emptied. Lines
 * written between the two are lost, which a lab can afford and an endless file cannot.
 */
export function trimLog(directory: string, name: string): void {
  const file = logFile(directory, name);
  if (sizeOf(file) <= MAX_LOG_BYTES) return;
  copyFileSync(file, `${file}.1`);
  truncateSync(file);
}

/** A component's last words, for an error message: where they are, and the lines themselves. */
export function lastLines(directory: string, name: string): string {
  const file = logFile(directory, name);
  const lines = readFileSync(file, "utf8").trim().split("\n").slice(-TAIL_LINES);
  const text = lines.map((line) => `  ${line}`).join("\n");
  return text.trim() === "" ? `It wrote nothing to ${file}.` : `Its last lines (${file}):\n${text}`;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
