import { createServer } from "node:net";
import { NativeError } from "../errors.ts";
import { LOOPBACK } from "../ports.ts";
import { portHolder } from "./port-holder.ts";

/**
 * Makes sure that every port is free before anything starts, and leaves all of them free.
 *
 * @param wanted the name of what will listen, and its port.
 * @throws NativeError PORT_TAKEN, one line for each port that is taken, with its holder where the system tells.
 */
export async function requireFreePorts(
  wanted: readonly (readonly [name: string, port: number])[],
): Promise<void> {
  const taken = await Promise.all(
    wanted.map(async ([name, port]) => ((await isFree(port)) ? [] : [{ name, port }])),
  );
  const lines = taken
    .flat()
    .map(({ name, port }) => `Port ${port} (${name}) is taken by ${portHolder(port)}.`);
  if (lines.length === 0) return;
  throw new NativeError(
    "PORT_TAKEN",
    `${lines.join("\n")}\nMove all ports of this stack with --port-offset N.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
