import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { mountsOf, readComposeFile, root, type Mount } from "./testing/compose-file.ts";

const compose = readComposeFile();
const dockerfile = readFileSync(path.join(root, "services/Dockerfile"), "utf8");
const mounts = Object.entries(compose.services).map(([name, service]) => [name, mountsOf(service)] as const);
const binds = mounts.flatMap(([name, all]) =>
  all.filter(({ kind }) => kind === "bind").map((mount) => [name, mount.source, mount] as const),
);
const volumes = mounts.flatMap(([, all]) => all.filter(({ kind }) => kind === "volume"));

describe("the mounts of docker-compose.yml", () => {
  it.each(binds)("%s reads %s: a folder that is there, read-only", (_, source, mount) => {
    expect(statSync(path.resolve(root, source)).isDirectory()).toBe(true);
    expect(mount.readOnly).toBe(true);
  });

  it.each(binds)("%s can put its mounts into %s, where some go inside of it", (name, source, mount) => {
    for (const inner of within(mount, mounts.find(([owner]) => owner === name)?.[1] ?? [])) {
      const place = path.resolve(root, source, path.posix.relative(mount.target, inner.target));
      expect(statSync(place).isDirectory()).toBe(true);
    }
  });

  it("declare every volume, and no other", () => {
    const used = new Set(volumes.map(({ source }) => source));
    expect(Object.keys(compose.volumes).toSorted()).toEqual([...used].toSorted());
  });

  it("give the collector of logs no way to change them, and nobody the Docker socket", () => {
    const logs = mountsOf(compose.services["alloy"] ?? { volumes: [] }).find(
      ({ source }) => source === "logs",
    );
    expect(logs).toEqual({ kind: "volume", source: "logs", target: "/var/log/burnrate", readOnly: true });
    expect(binds.filter(([, source]) => source.includes("docker.sock"))).toEqual([]);
  });

  it("give the past to Prometheus, who removes its texts, and to the console only to read", () => {
    const past = (name: string) =>
      mountsOf(compose.services[name] ?? { volumes: [] }).find(({ source }) => source === "past");
    const { history, prometheus, console } = compose.services;
    expect(history?.user).toBe("65534:65534");
    expect(prometheus?.user).toBe(history?.user);
    expect(history?.command).toContain(past("history")?.target);
    expect(prometheus?.entrypoint).toContain(past("prometheus")?.target);
    expect(past("console")).toMatchObject({ readOnly: true });
    expect(path.posix.dirname(console?.environment["INCIDENTS_FILE"] ?? "")).toBe(past("console")?.target);
    // Whichever container is made first, the volume takes the owner of this folder.
    expect(past("console")?.target).toBe(past("history")?.target);
    expect(dockerfile).toContain(`install -d -o nobody -g nogroup ${past("history")?.target}\n`);
  });

  it("take every secret from a file that is there", () => {
    for (const { file } of Object.values(compose.secrets)) {
      expect(statSync(path.resolve(root, file)).isFile()).toBe(true);
    }
  });
});

/** The mounts whose place is inside another mount; Docker cannot make it in a folder that is read-only. */
function within(outer: Mount, all: readonly Mount[]): Mount[] {
  return all.filter((inner) => inner !== outer && inner.target.startsWith(`${outer.target}/`));
}
