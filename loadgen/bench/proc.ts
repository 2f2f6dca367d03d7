import { readFileSync } from "node:fs";

/** Linux counts CPU time for programs in hundredths of a second, whatever its kernel's tick. */
const MICROSECONDS_PER_TICK = 10_000;
/** Where user and system time stand in /proc/PID/stat, counted after the command's closing bracket (proc(5)). */
const USER_TIME = 11;
const SYSTEM_TIME = 12;

/**
 * The CPU time that a process has used, all its threads together.
 *
 * @returns microseconds, in steps of 10,000.
 * @throws when the process is gone, or the machine has no /proc.
 */
export function cpuMicroseconds(pid: number): number {
  const stat = procFile(pid, "stat");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * MICROSECONDS_PER_TICK;
}

/**
 * The resident memory of a process.
 *
 * @returns megabytes of 1,000,000 bytes.
 * @throws when the process is gone, or the machine has no /proc.
 */
export function residentMegabytes(pid: number): number {
  return statusBytes(pid, /^VmRSS:\s+(\d+) kB$/m) / 1e6;
}

/**
 * The most resident memory that a process ever had.
 *
 * @returns bytes.
 * @throws when the process is gone, or the machine has no /proc.
 */
export function peakBytes(pid: number): number {
  return statusBytes(pid, /^VmHWM:\s+(\d+) kB$/m);
}

function statusBytes(pid: number, pattern: RegExp): number {
  const line = pattern.exec(procFile(pid, "status"));
  if (line === null) throw new Error(`process ${pid} has ended`);
  return Number(line[1]) * 1024;
}

function procFile(pid: number, name: "stat" | "status"): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch (error) {
    throw new Error(`process ${pid} has ended, or this machine has no /proc`, { cause: error });
  }
}
