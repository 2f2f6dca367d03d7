import { ports as basePorts, services, type ServiceName } from "../../services/topology.ts";

/** Everything that may listen, by name; a service's fault switches are `<name>Admin`. */
export type PortName = keyof typeof basePorts | ServiceName | `${ServiceName}Admin`;
export type Ports = Readonly<Record<PortName, number>>;

/** Where the stack listens. Nothing is reachable from another machine. */
export const LOOPBACK = "127.0.0.1";

/** The largest offset with which every port is still a port. */
export const MAX_PORT_OFFSET = 65_535 - Math.max(...Object.values(portsAt(0)));

/**
 * Moves every port of the topology by the same distance, so that several stacks share a machine.
 *
 * @param offset a whole number from 0 to `MAX_PORT_OFFSET`.
 */
export function portsAt(offset: number): Ports {
  const named: [string, number][] = [
    ...Object.entries(basePorts),
    ...services.map((service): [string, number] => [service.name, service.port]),
    ...services.map((service): [string, number] => [`${service.name}Admin`, service.adminPort]),
  ];
  return Object.fromEntries(named.map(([name, port]) => [name, port + offset])) as Ports;
}

/** The address of something that listens on this machine, without a slash at its end. */
export function localUrl(port: number): string {
  return `http://${LOOPBACK}:${port}`;
}
