import { servicePrograms } from "./service-programs.ts";
import { services } from "../../services/topology.ts";
import type { Program } from "./program.ts";
import type { ServiceName } from "../../services/topology.ts";

/** One kind of request that a server is measured with. */
export interface BenchCase {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: object;
  /** Anything else is a failed benchmark, not a slow one. */
  readonly wantStatus: number;
}

/** A server that `bench:services` measures. */
export interface Contender {
  readonly name: string;
  readonly program: Program;
  readonly url: string;
  readonly cases: readonly BenchCase[];
}

const getUser: BenchCase = { method: "GET", path: "/api/users/usr-100", wantStatus: 200 };
const signIn: BenchCase = {
  method: "POST",
  path: "/api/users/auth",
  body: { user_id: "usr-100", password: "correct horse" },
  wantStatus: 200,
};
const price = { amount: 49.5, currency: "USD" };

const servicesCases: Readonly<Record<ServiceName, readonly BenchCase[]>> = {
  user: [getUser, signIn],
  payment: [
    { method: "GET", path: "/api/payments?limit=1", wantStatus: 200 },
    { method: "POST", path: "/api/payments", body: { ...price, type: "credit_card" }, wantStatus: 201 },
  ],
  order: [
    { method: "GET", path: "/api/orders/ord-001", wantStatus: 200 },
    {
      method: "POST",
      path: "/api/orders",
      body: {
        ...price,
        user_id: "usr-100",
        items: [{ sku: "sku-1", quantity: 1 }],
        payment_type: "credit_card",
      },
      wantStatus: 201,
    },
  ],
};

/** How many ports `contenders` needs. */
export const PORTS_NEEDED = 2 + 2 * services.length;

/**
 * The servers of the comparison, in the order of the table: the two that set the scale, then ours without their
 * simulated delays and failures.
 *
 * @param ports free ports, at least `PORTS_NEEDED`.
 */
export function contenders(ports: readonly number[]): Contender[] {
  const next = ports.values();
  const port = (): number => {
    const { value } = next.next();
    if (value === undefined) throw new RangeError(`need ${PORTS_NEEDED} ports, got ${ports.length}`);
    return value;
  };
  const comparison = (name: string, main: string): Contender => {
    const own = port();
    const url = `http://127.0.0.1:${own}`;
    const program = { name, main, env: { PORT: String(own) }, readyUrl: `${url}/healthz` };
    return { name, url, program, cases: [getUser, signIn] };
  };
  const scale = [
    comparison("bare Hono", "loadgen/bench/servers/hono.ts"),
    comparison("Fastify, prom-client, pino", "loadgen/bench/servers/fastify.ts"),
  ];
  const ours = servicePrograms({ port, env: { SIMULATION: "off" } }).map(({ name, url, program }) => ({
    name: `burnrate ${name}`,
    url,
    program,
    cases: servicesCases[name],
  }));
  return [...scale, ...ours];
}
