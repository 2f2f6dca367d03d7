import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { runCommand } from "../processes/command.ts";
import { NativeError } from "../errors.ts";
import { findExecutable } from "./find-executable.ts";
import { isDebianLike, thisMachine } from "./install-line.ts";
import { toolNames, tools, type Toolbox } from "./tools.ts";

/** What an installation touches besides apt itself; a test brings its own. */
export interface AptHost {
  readonly env: NodeJS.ProcessEnv;
  /** Debian asks this program before a package may start its service. */
  readonly policyFile: string;
}

const thisHost: AptHost = {
  env: process.env,
  policyFile: "/usr/sbin/policy-rc.d",
};

const POLICY_MARK = "# Written by burnrate while it installs packages; safe to delete.";
const LOCK_TIMEOUT = "DPkg::Lock::Timeout=120";

/** Whether this process may install packages by itself: root, on a system that apt manages, with apt on the PATH. */
export function mayInstallWithApt(): boolean {
  const aptGet = findExecutable(process.env["PATH"], ["apt-get"]);
  return process.getuid?.() === 0 && aptGet !== undefined && isDebianLike(thisMachine());
}

/**
 * Installs the packages of all tools that are not in the box, and starts none of their services: a system-wide
 * Prometheus would take the very port that the runner needs, at once or after the next boot.
 *
 * @param signal stops it until dpkg unpacks; from there it runs to its end (seconds), so that no package is left half-way.
 * @throws NativeError INSTALL_FAILED with apt's last words.
 */
export async function installWithApt(
  box: Toolbox,
  signal?: AbortSignal,
  host: AptHost = thisHost,
): Promise<void> {
  const absent = toolNames.filter((name) => box[name] === undefined).map((name) => tools[name]);
  const optional = new Set(absent.filter((tool) => !tool.required).map((tool) => tool.packages.apt));
  const packages = [...new Set(absent.flatMap((tool) => tool.packages.apt ?? []))];
  const installed = await installPackages(packages, { signal, host, optional: (name) => optional.has(name) });
  // The policy prevents a start now; this one prevents it at the next boot.
  if (findExecutable(host.env["PATH"], ["systemctl"]) !== undefined) {
    await runCommand("systemctl", ["disable", "--quiet", "--now", ...installed], { env: host.env });
  }
}

export interface InstallOptions {
  /** Stops it until dpkg unpacks. */
  readonly signal?: AbortSignal | undefined;
  readonly host?: AptHost;
  /** Whether to go without a package that apt does not know. @default no package */
  readonly optional?: (name: string) => boolean;
}

/**
 * Installs packages, with fresh package lists where the old ones will not do.
 *
 * @returns the packages that were installed.
 * @throws NativeError INSTALL_FAILED with apt's last words.
 */
export async function installPackages(
  packages: readonly string[],
  { signal, host = thisHost, optional = () => false }: InstallOptions = {},
): Promise<readonly string[]> {
  const apt = (...args: string[]): Promise<void> => runApt(args, signal, host);
  if ((await known(packages, signal, host)).length < packages.length) await apt("update");
  const available = await known(packages, signal, host);
  const wanted = packages.filter((name) => available.includes(name) || !optional(name));
  const install = ["install", "--yes", "--no-install-recommends"];
  try {
    await apt(...install, "--download-only", ...wanted);
  } catch (error) {
    if (!(error instanceof NativeError)) throw error;
    // Package lists older than the mirror name files that are gone.
    await apt("update");
    await apt(...install, "--download-only", ...wanted);
  }
  await withoutServiceStarts(host.policyFile, () => runApt([...install, ...wanted], undefined, host));
  return wanted;
}

async function runApt(
  args: readonly string[],
  signal: AbortSignal | undefined,
  host: AptHost,
): Promise<void> {
  const env = { ...host.env, DEBIAN_FRONTEND: "noninteractive" };
  const { exitCode, output } = await runCommand("apt-get", ["-q", "-o", LOCK_TIMEOUT, ...args], {
    env,
    signal,
  });
  if (exitCode === 0) return;
  const lastWords = output.trim().split("\n").slice(-8).join("\n");
  throw new NativeError("INSTALL_FAILED", `apt-get ${args.join(" ")} ended with ${exitCode}:\n${lastWords}`);
}

/** Those of the packages that apt can install now. */
async function known(
  packages: readonly string[],
  signal: AbortSignal | undefined,
  host: AptHost,
): Promise<string[]> {
  const results = await Promise.all(
    packages.map((name) =>
      runCommand("apt-cache", ["show", "--no-all-versions", name], { env: host.env, signal }),
    ),
  );
  return packages.filter((_, index) => results[index]?.exitCode === 0);
}

async function withoutServiceStarts(policyFile: string, action: () => Promise<void>): Promise<void> {
  const theirs = await readFile(policyFile, "utf8").catch(() => POLICY_MARK);
  // Somebody's own policy stays as it is; a mark of ours is left from an installation that was killed.
  if (!theirs.includes(POLICY_MARK)) return action();
  await writeFile(policyFile, `#!/bin/sh\n${POLICY_MARK}\nexit 101\n`);
  await chmod(policyFile, 0o755);
  try {
    await action();
  } finally {
    await rm(policyFile, { force: true });
  }
}
