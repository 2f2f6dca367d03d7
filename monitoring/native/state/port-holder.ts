import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";

/** State of a listening socket in /proc/net/tcp; see proc_net_tcp in the kernel's documentation. */
const LISTEN = "0A";

/**
 * Names the process that listens on a TCP port, as far as /proc tells (Linux, and only one's own processes unless root).
 *
 * @returns for example `process 4711 (prometheus)`; `another process` when the system does not say.
 */
export function portHolder(port: number): string {
  const inodes = new Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => listeners(table, port)));
  if (inodes.size === 0) return "another process";
  const pid = entries("/proc").find((entry) => /^\d+$/.test(entry) && holdsSocket(entry, inodes));
  return pid === undefined ? "another process" : `process ${pid} (${nameOf(pid)})`;
}

/** The program and what it was told to run: Node's own name of its process is only `MainThread`. */
function nameOf(pid: string): string {
  const [program = "", ...args] = read(`/proc/${pid}/cmdline`).split("\0");
  const script = args.find((arg) => /\.[cm]?[jt]s$/.test(arg));
  return [path.basename(program), script].filter((word) => word !== undefined && word !== "").join(" ");
}

/** Inodes of the sockets that listen on the port. Columns: 1 = local address:port in hexadecimal, 3 = state, 9 = inode. */
function listeners(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return read(table)
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) === true && columns[3] === LISTEN)
    .flatMap((columns) => columns[9] ?? []);
}

function holdsSocket(pid: string, inodes: ReadonlySet<string>): boolean {
  return entries(`/proc/${pid}/fd`).some((descriptor) => {
    try {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${descriptor}`))?.[1];
      return inode !== undefined && inodes.has(inode);
    } catch {
      return false;
    }
  });
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
