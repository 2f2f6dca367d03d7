import { services } from "../../services/topology.ts";
import type { Program } from "./program.ts";
import type { ServiceName } from "../../services/topology.ts";

export interface ServiceProgram {
  readonly name: ServiceName;
  readonly url: string;
  readonly program: Program;
}

export interface ServiceProgramsOptions {
  /** Gives a free port, another one at each call; two are needed a service. */
  readonly port: () => number;
  /** Further variables of each service. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The three services of the topology on free ports, knowing each other, as programs to start. */
export function servicePrograms({ port, env = {} }: ServiceProgramsOptions): ServiceProgram[] {
  const places = new Map(services.map(({ name }) => [name, { port: port(), adminPort: port() }]));
  const urlOf = (name: ServiceName): string => `http://127.0.0.1:${places.get(name)?.port}`;
  return services.map(({ name, main, dependsOn }) => {
    const variables = new Map([
      ["PORT", String(places.get(name)?.port)],
      ["ADMIN_PORT", String(places.get(name)?.adminPort)],
      ["READY_DELAY", "0s"],
      ...dependsOn.map((other) => [`${other.toUpperCase()}_URL`, urlOf(other)] as const),
      ...Object.entries(env),
    ]);
    const url = urlOf(name);
    const program = { name, main, env: Object.fromEntries(variables), readyUrl: `${url}/readyz` };
    return { name, url, program };
  });
}
