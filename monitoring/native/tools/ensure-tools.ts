import { installWithApt, mayInstallWithApt } from "./apt.ts";
import { NativeError } from "../errors.ts";
import { installLine } from "./install-line.ts";
import { findTools, missingTools, tools, type Toolbox } from "./tools.ts";

export interface EnsureToolsOptions {
  /** Takes one line of progress. @default nothing is said */
  readonly say?: (line: string) => void;
  /** Stops an installation that is under way. */
  readonly signal?: AbortSignal;
}

/**
 * Finds the programs that are not ours, and installs the missing ones with apt where this process is root on a
 * Debian-like system. Optional tools are installed along with required ones, never for their own sake.
 *
 * @returns the tools found; every required one is among them.
 * @throws NativeError TOOLS_MISSING, whose message ends in the one line that installs them; INSTALL_FAILED.
 */
export async function ensureTools({ say, signal }: EnsureToolsOptions = {}): Promise<Toolbox> {
  const box = findTools(process.env["PATH"]);
  const missing = missingTools(box);
  if (missing.length === 0) return box;
  const names = missing.map((name) => tools[name].title).join(", ");
  if (!mayInstallWithApt()) throw missingError(names);
  say?.(`Installing with apt, because ${names} ${missing.length === 1 ? "is" : "are"} missing …`);
  await installWithApt(box, signal);
  const installed = findTools(process.env["PATH"]);
  if (missingTools(installed).length > 0) throw missingError(names);
  return installed;
}

function missingError(names: string): NativeError {
  return new NativeError("TOOLS_MISSING", `Not on the PATH: ${names}. Install with: ${installLine()}`);
}
