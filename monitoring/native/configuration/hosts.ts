import { services, type ports as basePorts } from "../../../services/topology.ts";
import { LOOPBACK, portsAt, type PortName, type Ports } from "../ports.ts";

/** Where each `host:port` of the hand-written configuration is found on this machine; undefined when it does not run here. */
export type Hosts = ReadonlyMap<string, string | undefined>;

/** DNS names in docker-compose and Kubernetes, and which port of the topology each stands for. */
const dnsNames: readonly (readonly [host: string, port: PortName])[] = [
  ...services.map((service) => [service.name, service.name] as const),
  ["loadgen", "loadgen"],
  ["console", "console"],
  ["console", "consoleSmtp"],
  ["prometheus", "prometheus"],
  ["alertmanager", "alertmanager"],
  ["loki", "loki"],
  ["node-exporter", "nodeExporter"],
  ["blackbox-exporter", "blackboxExporter"],
];

/**
 * Says where the hosts of the hand-written configuration are.
 *
 * @param ports where this stack listens.
 * @param absent what does not run here.
 */
export function hostsAt(ports: Ports, absent: readonly (keyof typeof basePorts)[]): Hosts {
  const original = portsAt(0);
  const missing: readonly PortName[] = absent;
  return new Map(
    dnsNames.map(([host, name]) => [
      `${host}:${original[name]}`,
      missing.includes(name) ? undefined : `${LOOPBACK}:${ports[name]}`,
    ]),
  );
}

/**
 * Finds one host; nothing when it does not run here.
 *
 * @param place where it stands, for the message.
 * @throws RangeError when the host is not one of the stack's.
 */
export function resolveHost(hosts: Hosts, address: string, place: string): string | undefined {
  if (hosts.has(address)) return hosts.get(address);
  throw new RangeError(
    `${place}: got the unknown host "${address}", want one of ${[...hosts.keys()].join(", ")}`,
  );
}
