import { Gauge } from "prom-client";
import type { Registry } from "prom-client";
import type { FaultBoard } from "./faults.ts";

/**
 * Declares `fault_active`, by which a graph can show when something was broken on purpose. Every fault of the board's
 * catalogue has its series from the first scrape: 1 while it is on, else 0; `target` is empty where a fault has none.
 */
export function faultMetrics(registry: Registry, board: FaultBoard): void {
  const known = board.catalogue.flatMap(({ name: fault, variants, targeted }) =>
    variants.flatMap(({ name: variant }) =>
      (targeted ? board.targets : [""]).map((target) => ({ fault, variant, target })),
    ),
  );
  void new Gauge({
    name: "fault_active",
    help: "Whether a fault is on: 1 while it is, else 0.",
    labelNames: ["fault", "variant", "target"],
    registers: [registry],
    collect() {
      for (const labels of known) this.set(labels, 0);
      for (const { fault, variant, target = "" } of board.live()) this.set({ fault, variant, target }, 1);
    },
  });
}
