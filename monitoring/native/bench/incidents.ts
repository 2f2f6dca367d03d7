import type { ServiceName } from "../../../services/topology.ts";
import type { FaultOrder } from "../../faults/client.ts";

/** A fault that is switched on, and what the SLI sees of it. */
export interface Incident {
  readonly name: string;
  readonly service: ServiceName;
  readonly slo: string;
  readonly sli: string;
  readonly fault: FaultOrder;
  /** Share of bad events while the fault is on, of all requests that arrive. */
  readonly badShare: number;
}

/** The incidents of `npm run bench:page`, in the order in which they are caused. */
export const incidents: readonly Incident[] = [
  {
    name: "outage of order",
    service: "order",
    slo: "order-availability",
    sli: "availability",
    fault: { fault: "outage", variant: "503", for: "20m" },
    badShare: 1,
  },
];
