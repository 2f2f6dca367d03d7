import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readComposeFile, root, type ComposeService } from "./testing/compose-file.ts";

const compose = readComposeFile();
const services = Object.entries(compose.services);
/** Runs once and ends before Prometheus starts. */
const ONCE = "history";
const built = services.filter(([, { build }]) => build !== undefined);
const pulled = services.filter(([, { build }]) => build === undefined);
const MIB = 1024 * 1024;

/** What each image can run; a check that cannot run keeps everything behind it from starting. */
const checks: readonly (readonly [image: RegExp, check: RegExp])[] = [
  [/^(prom|grafana\/grafana)\b/, /^CMD wget -qO- http:\/\/127\.0\.0\.1:\d+\/[\w/-]*$/],
  [/^grafana\/loki:/, /^CMD \/usr\/bin\/loki -health$/],
  [/^grafana\/alloy:/, /^CMD bash -c .*\/dev\/tcp\//],
];

describe("every container of docker-compose.yml", () => {
  it.each(services)(
    "%s can write nowhere but in its volumes, has no privilege and is not root",
    (_, service) => {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
        user: expect.stringMatching(/^[1-9]\d*:\d+$/),
      });
    },
  );

  it.each(services)("%s has bounds: memory, processes, log files, restarts", (_, service) => {
    expect(service).toMatchObject({
      mem_limit: expect.stringMatching(/^\d+m$/),
      pids_limit: expect.any(Number),
      restart: "on-failure:3",
      logging: { driver: "json-file", options: { "max-size": "5m", "max-file": "3" } },
    });
  });

  it.each(pulled)("%s says whether it is healthy, by a check that its image can run", (_, service) => {
    const [, allowed] = checks.find(([image]) => image.test(service.image)) ?? [];
    const test =
      service.healthcheck !== undefined && "test" in service.healthcheck ? service.healthcheck.test : [];
    expect(test.join(" ")).toMatch(allowed ?? /no check is known for this image/);
  });

  it.each(built.filter(([name]) => name !== ONCE))(
    "%s says whether it is healthy, by the check of its image",
    (_, service) => {
      expect(service.healthcheck).toBeUndefined();
      const dockerfile = readFileSync(path.join(root, service.build?.dockerfile ?? ""), "utf8");
      expect(dockerfile).toMatch(/^HEALTHCHECK .*\n.*\["bash", .*\/readyz/m);
    },
  );

  it.each(pulled)("%s, written in Go, collects garbage before its limit ends it", (_, service) => {
    const share = (Number.parseInt(service.environment["GOMEMLIMIT"] ?? "", 10) * MIB) / memory(service);
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(0.9);
  });

  it.each(built)("%s, run by Node, leaves room for what is not heap", (_, service) => {
    const [, heap] = /^--max-old-space-size=(\d+)$/.exec(service.environment["NODE_OPTIONS"] ?? "") ?? [];
    const share = (Number(heap) * MIB) / memory(service);
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.6);
  });

  it("leaves together less than 2 GB", () => {
    // Prometheus waits for the end of what runs once, so both together need what the larger one needs.
    expect(compose.services["prometheus"]?.depends_on[ONCE]?.condition).toBe(
      "service_completed_successfully",
    );
    const once = memory(compose.services[ONCE] ?? {});
    expect(once).toBeLessThanOrEqual(memory(compose.services["prometheus"] ?? {}));
    const sum = services.reduce((total, [, service]) => total + memory(service), -once);
    expect(sum).toBeLessThan(2_000_000_000);
  });

  it.each(services)("%s is seen on this machine only, at a port that a variable moves", (name, { ports }) => {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
    const shifted = readComposeFile(shiftedPorts()).services[name]?.ports;
    expect(shifted).toEqual(ports.map((port) => port.replace(/:\d+:/, ":1:")));
  });
});

describe("the images of docker-compose.yml", () => {
  it("are pinned to a version, in one place", () => {
    const pinned = Object.values(compose["x-images"]);
    for (const image of pinned) expect(image).toMatch(/^[a-z/-]+:v?\d+\.\d+\.\d+$/);
    const used = pulled.map(([, { image }]) => image);
    expect(used.toSorted()).toEqual(pinned.toSorted());
  });

  it.each(built)("are ours where they are built: %s", (name, { image }) => {
    expect(image).toBe(`burnrate/${name}:local`);
  });
});

function memory({ mem_limit: limit = "" }: Pick<ComposeService, "mem_limit">): number {
  return Number.parseInt(limit, 10) * MIB;
}

/** Every port moved to 1, which no default is. */
function shiftedPorts(): Record<string, string> {
  const file = readFileSync(path.join(root, "docker-compose.yml"), "utf8");
  return Object.fromEntries([...file.matchAll(/\$\{([A-Z_]+_PORT):-/g)].map(([, name = ""]) => [name, "1"]));
}
