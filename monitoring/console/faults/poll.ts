import { SwitchError } from "../../faults/admin-request.ts";
import type { ActiveFault, FaultOverview } from "../../faults/client.ts";
import type { ActiveLoad } from "../../faults/load-client.ts";
import type { Switches } from "../../faults/switches.ts";
import { TRAFFIC } from "./episode.ts";
import type { ActiveSwitch } from "./episode.ts";

/** What a listener says is on, with what it offers; or why it says nothing. */
export type Poll =
  | { readonly active: readonly ActiveSwitch[]; readonly catalogue?: FaultOverview["catalogue"] }
  | { readonly problem: string };

/** Asks every listener at once. Never throws. */
export function pollSwitches({ faults, load }: Switches): Promise<(readonly [service: string, Poll])[]> {
  const services = faults.entries().map(async ([service, client]) => {
    const poll = await attempt(async () => {
      const { active, catalogue } = await client.overview();
      return { catalogue, active: active.map((each) => faultOf(service, each)) };
    });
    return [service, poll] as const;
  });
  const traffic = (load === undefined ? [] : [load]).map(async (client) => {
    const poll = await attempt(async () => ({ active: (await client.active()).map(trafficOf) }));
    return [TRAFFIC, poll] as const;
  });
  return Promise.all([...services, ...traffic]);
}

/** Gives what a call to a listener gives, or its refusal in words. */
export async function attempt<T>(call: () => Promise<T>): Promise<T | { readonly problem: string }> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof SwitchError) return { problem: error.message };
    throw error;
  }
}

export function faultOf(service: string, { target, ...fault }: ActiveFault): ActiveSwitch {
  return { ...fault, service, target: target ?? null };
}

export function trafficOf({ factor, ...change }: ActiveLoad): ActiveSwitch {
  return { ...change, service: TRAFFIC, fault: "traffic", variant: `×${factor}`, target: null };
}
