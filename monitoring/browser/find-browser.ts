import { NativeError } from "../native/errors.ts";
import { installPackages, mayInstallWithApt } from "../native/tools/apt.ts";
import { findExecutable } from "../native/tools/find-executable.ts";

/** Names of the same browser: Debian's, Ubuntu's, Google's. */
const commands = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
/** Without a font a page has no text. */
const packages = ["chromium", "fonts-dejavu-core"];

/**
 * Finds Chromium, and installs it with apt where this process is root on a Debian-like system.
 *
 * @returns its absolute path.
 * @throws NativeError TOOLS_MISSING, whose message says what to install; INSTALL_FAILED.
 */
export async function findBrowser(): Promise<string> {
  const found = findExecutable(process.env["PATH"], commands);
  if (found !== undefined) return found;
  if (mayInstallWithApt()) {
    process.stderr.write("Installing Chromium with apt, for the tests of the console's pages …\n");
    await installPackages(packages);
  }
  const installed = findExecutable(process.env["PATH"], commands);
  if (installed !== undefined) return installed;
  throw new NativeError(
    "TOOLS_MISSING",
    `Not on the PATH: ${commands.join(", ")}. Install with: sudo apt-get install -y ${packages.join(" ")}`,
  );
}
