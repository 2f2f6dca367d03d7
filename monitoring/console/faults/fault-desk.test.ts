import { describe, expect, it } from "vitest";
import type { FaultClient } from "../../faults/client.ts";
import type { Switches } from "../../faults/switches.ts";
import { testConsole } from "../testing.ts";
import { adminListeners } from "./testing.ts";

/** The same switches, with something to be done around the question what is on. */
function around(
  { faults, load }: Switches,
  service: string,
  overview: (ask: FaultClient["overview"]) => ReturnType<FaultClient["overview"]>,
): Switches {
  const changed = faults.entries().map(([name, client]): [typeof name, FaultClient] => {
    const ask = (): ReturnType<FaultClient["overview"]> => overview(() => client.overview());
    return [name, name === service ? { ...client, overview: ask } : client];
  });
  return { faults: new Map(changed), load };
}

/** A desk in the midst of its first look: payment has answered, order is busy until it is let go. */
async function lookingDesk() {
  const { switches, payment } = await adminListeners();
  const [answered, busy] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let looks = 0;
  const slowed = around(switches, "order", async (ask) => {
    looks += 1;
    if (looks === 1) await busy.promise;
    return ask();
  });
  const told = around(slowed, "payment", async (ask) => {
    const answer = await ask();
    answered.resolve();
    return answer;
  });
  const { desk, book } = testConsole({ switches: told, now: () => new Date() });
  const look = desk.refresh();
  await answered.promise;
  return { desk, book, payment, look, letGo: busy.resolve };
}

describe("the desk of the fault switches", () => {
  it("takes no answer for news that was given before a fault was switched on", async () => {
    const { desk, look, letGo } = await lookingDesk();
    await desk.switchOn("payment", { fault: "errors", variant: "20%", for: "1m" });
    letGo();
    await look;
    expect(desk.read().on).toMatchObject([{ service: "payment", variant: "20%", by: "console", end: null }]);
  });

  it("takes none for news that was given before a newer one", async () => {
    const { desk, book, payment, look, letGo } = await lookingDesk();
    payment.board.add({ fault: "errors", variant: "50%", lasts: 60_000 });
    await desk.refresh();
    letGo();
    await look;
    expect(book.all()).toMatchObject([{ variant: "50%", by: "elsewhere", end: null }]);
  });
});
