import { describe, expect, it } from "vitest";
import { installLine } from "./install-line.ts";

describe("the line that installs the required tools", () => {
  it("uses apt on Debian and its relatives", () => {
    const line = "sudo apt-get install -y prometheus prometheus-alertmanager";
    expect(installLine({ platform: "linux", architecture: "x64", distributions: ["debian"] })).toBe(line);
    expect(
      installLine({ platform: "linux", architecture: "x64", distributions: ["mint", "ubuntu", "debian"] }),
    ).toBe(line);
  });

  it("uses pacman on Arch", () => {
    expect(installLine({ platform: "linux", architecture: "x64", distributions: ["arch"] })).toBe(
      "sudo pacman -S prometheus alertmanager",
    );
  });

  it("takes upstream's archives where no package manager has both", () => {
    const line = installLine({ platform: "darwin", architecture: "arm64", distributions: [] });
    expect(line.split(" && ")).toEqual([
      "curl -fsSL https://github.com/prometheus/prometheus/releases/download/v3.13.2/prometheus-3.13.2.darwin-arm64.tar.gz" +
        " | sudo tar xz -C /usr/local/bin --strip-components=1" +
        " prometheus-3.13.2.darwin-arm64/prometheus prometheus-3.13.2.darwin-arm64/promtool",
      "curl -fsSL https://github.com/prometheus/alertmanager/releases/download/v0.34.0/alertmanager-0.34.0.darwin-arm64.tar.gz" +
        " | sudo tar xz -C /usr/local/bin --strip-components=1" +
        " alertmanager-0.34.0.darwin-arm64/alertmanager alertmanager-0.34.0.darwin-arm64/amtool",
    ]);
    expect(installLine({ platform: "linux", architecture: "x64", distributions: ["fedora"] })).toContain(
      "linux-amd64",
    );
  });

  it("points to the downloads where there is no line", () => {
    expect(installLine({ platform: "win32", architecture: "x64", distributions: [] })).toBe(
      "no packages are known for this system: see https://prometheus.io/download/",
    );
  });
});
