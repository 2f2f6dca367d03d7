import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/fixtures.ts";
import { installWithApt, type AptHost } from "./apt.ts";

/** A machine whose apt-get, apt-cache and systemctl only write down how they were called. */
interface FakeMachine {
  readonly host: AptHost;
  readonly calls: () => string[];
}

interface FakeOptions {
  /** What apt-get does after it was written down, as shell. */
  readonly aptGet?: string;
  readonly aptCache?: string;
  readonly systemd?: boolean;
}

function fakeMachine({ aptGet = "", aptCache = "", systemd = false }: FakeOptions = {}): FakeMachine {
  const root = temporaryDirectory();
  const file = (name: string): string => path.join(root, name);
  const script = (name: string, then: string): void => {
    writeFileSync(
      file(name),
      `#!/bin/sh\nPATH=/bin:/usr/bin\necho "${name} $*" >> ${file("calls")}\n${then}\n`,
    );
    chmodSync(file(name), 0o755);
  };
  script("apt-get", aptGet.replaceAll("$ROOT", root));
  script("apt-cache", aptCache.replaceAll("$ROOT", root));
  if (systemd) script("systemctl", "");
  const env = { PATH: root };
  return {
    host: { env, policyFile: file("policy-rc.d") },
    calls: () =>
      readFileSync(file("calls"), "utf8")
        .trim()
        .split("\n")
        .filter((line) => !line.startsWith("apt-cache")),
  };
}

const onlyAlertmanagerIsMissing = {
  prometheus: "/p",
  promtool: "/t",
  nodeExporter: "/n",
  blackboxExporter: "/b",
  grafana: "/g",
  loki: "/l",
  alloy: "/y",
};
const apt = "apt-get -q -o DPkg::Lock::Timeout=120";
const install = `${apt} install --yes --no-install-recommends`;

describe("installing with apt", () => {
  it("downloads, then installs, what is missing; optional tools come along", async () => {
    const machine = fakeMachine();
    await installWithApt({}, undefined, machine.host);
    const packages =
      "prometheus prometheus-alertmanager prometheus-node-exporter prometheus-blackbox-exporter";
    expect(machine.calls()).toEqual([`${install} --download-only ${packages}`, `${install} ${packages}`]);
  });

  it("fetches package lists first when apt does not know the packages, and goes without unknown optional ones", async () => {
    const machine = fakeMachine({ aptCache: 'case "$*" in *exporter*) exit 100;; esac' });
    await installWithApt({}, undefined, machine.host);
    const packages = "prometheus prometheus-alertmanager";
    expect(machine.calls()).toEqual([
      `${apt} update`,
      `${install} --download-only ${packages}`,
      `${install} ${packages}`,
    ]);
  });

  it("fetches package lists and tries once more when they are too old for the mirror", async () => {
    const machine = fakeMachine({
      aptGet: 'case "$*" in *update*) touch $ROOT/fresh;; *) test -e $ROOT/fresh;; esac',
    });
    await installWithApt(onlyAlertmanagerIsMissing, undefined, machine.host);
    expect(machine.calls()).toEqual([
      `${install} --download-only prometheus-alertmanager`,
      `${apt} update`,
      `${install} --download-only prometheus-alertmanager`,
      `${install} prometheus-alertmanager`,
    ]);
  });

  it("reports apt's last words when it cannot", async () => {
    const machine = fakeMachine({ aptGet: 'echo "E: no network"; exit 100' });
    await expect(installWithApt(onlyAlertmanagerIsMissing, undefined, machine.host)).rejects.toMatchObject({
      code: "INSTALL_FAILED",
      exitCode: 1,
      message: "apt-get update ended with 100:\nE: no network",
    });
  });

  it("forbids packages to start their services, for the time of the installation", async () => {
    const machine = fakeMachine({ aptGet: "cp $ROOT/policy-rc.d $ROOT/seen 2>/dev/null; true" });
    await installWithApt(onlyAlertmanagerIsMissing, undefined, machine.host);
    const seen = readFileSync(path.join(path.dirname(machine.host.policyFile), "seen"), "utf8");
    expect(seen).toContain("\nexit 101\n");
    expect(existsSync(machine.host.policyFile)).toBe(false);
  });

  it("leaves the machine's own policy as it is", async () => {
    const machine = fakeMachine();
    writeFileSync(machine.host.policyFile, "#!/bin/sh\nexit 0\n");
    await installWithApt(onlyAlertmanagerIsMissing, undefined, machine.host);
    expect(readFileSync(machine.host.policyFile, "utf8")).toBe("#!/bin/sh\nexit 0\n");
  });

  it("keeps systemd from starting them at the next boot", async () => {
    const machine = fakeMachine({ systemd: true });
    await installWithApt(onlyAlertmanagerIsMissing, undefined, machine.host);
    expect(machine.calls().at(-1)).toBe("systemctl disable --quiet --now prometheus-alertmanager");
  });

  it("ends a download when it is stopped, and installs nothing", async () => {
    const machine = fakeMachine({ aptGet: "echo started > $ROOT/started; sleep 600" });
    const controller = new AbortController();
    const running = installWithApt(onlyAlertmanagerIsMissing, controller.signal, machine.host);
    const started = path.join(path.dirname(machine.host.policyFile), "started");
    await expect.poll(() => existsSync(started)).toBe(true);
    controller.abort(new Error("stopped"));
    await expect(running).rejects.toThrow("stopped");
    expect(machine.calls()).toEqual([`${install} --download-only prometheus-alertmanager`]);
  });
});
