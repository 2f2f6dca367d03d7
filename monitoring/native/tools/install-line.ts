import { readFileSync } from "node:fs";
import { tools } from "./tools.ts";

/** Upstream's release archives, for systems whose package manager lacks one of them. */
const releases = [
  { name: "prometheus", version: "3.13.2", programs: ["prometheus", "promtool"] },
  { name: "alertmanager", version: "0.34.0", programs: ["alertmanager", "amtool"] },
] as const;

const goArchitecture: Readonly<Partial<Record<NodeJS.Architecture, string>>> = {
  x64: "amd64",
  arm64: "arm64",
};

/** What decides how programs are installed on a machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly architecture: NodeJS.Architecture;
  /** `ID` and `ID_LIKE` of /etc/os-release; empty elsewhere. */
  readonly distributions: readonly string[];
}

/** The one line that installs the required tools on a machine, by default on this one. */
export function installLine(machine: Machine = thisMachine()): string {
  if (isDebianLike(machine)) return `sudo apt-get install -y ${requiredPackages("apt").join(" ")}`;
  if (machine.distributions.includes("arch")) return `sudo pacman -S ${requiredPackages("pacman").join(" ")}`;
  const architecture = goArchitecture[machine.architecture];
  if ((machine.platform !== "linux" && machine.platform !== "darwin") || architecture === undefined) {
    return "no packages are known for this system: see https://prometheus.io/download/";
  }
  return releases.map((release) => archiveLine(release, `${machine.platform}-${architecture}`)).join(" && ");
}

/** Whether apt manages the machine's packages: Debian, Ubuntu and what derives from them. */
export function isDebianLike(machine: Machine): boolean {
  return machine.distributions.includes("debian") || machine.distributions.includes("ubuntu");
}

/** This machine, as far as installing goes. */
export function thisMachine(): Machine {
  return { platform: process.platform, architecture: process.arch, distributions: readDistributions() };
}

function requiredPackages(manager: "apt" | "pacman"): string[] {
  const names = Object.values(tools).map((tool) => (tool.required ? tool.packages[manager] : undefined));
  return [...new Set(names.filter((name) => name !== undefined))];
}

function archiveLine(release: (typeof releases)[number], target: string): string {
  const stem = `${release.name}-${release.version}.${target}`;
  const url = `https://github.com/prometheus/${release.name}/releases/download/v${release.version}/${stem}.tar.gz`;
  const members = release.programs.map((program) => `${stem}/${program}`).join(" ");
  return `curl -fsSL ${url} | sudo tar xz -C /usr/local/bin --strip-components=1 ${members}`;
}

function readDistributions(): string[] {
  let text: string;
  try {
    text = readFileSync("/etc/os-release", "utf8");
  } catch {
    return [];
  }
  return [...text.matchAll(/^(?:ID|ID_LIKE)="?([^"\n]*)"?$/gm)].flatMap((match) =>
    (match[1] ?? "").split(" "),
  );
}
