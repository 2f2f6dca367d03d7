import type { FaultClient, FaultOrder, FaultOverview } from "../../faults/client.ts";
import type { Switches } from "../../faults/switches.ts";
import type { ServiceName } from "../../../services/topology.ts";
import { faultWatchTimes } from "../limits.ts";
import { CONSOLE, TRAFFIC } from "./episode.ts";
import type { ActiveSwitch, Episode } from "./episode.ts";
import type { EpisodeBook } from "./episode-book.ts";
import { attempt, faultOf, pollSwitches, trafficOf } from "./poll.ts";

/** What a service's listener offers, and whether it answers. */
export interface DeskService {
  readonly service: ServiceName;
  /** Null until it has answered once. */
  readonly catalogue: FaultOverview["catalogue"] | null;
  /** Why it does not answer now, in words; null while it does. */
  readonly problem: string | null;
}

export interface DeskReading {
  /** Empty: no fault switch is configured here. */
  readonly services: readonly DeskService[];
  /** The faults that are on, oldest first. */
  readonly on: readonly Episode[];
  /** Why the last order was not carried out; null after one that was. */
  readonly refusal: { readonly at: Date; readonly words: string } | null;
}

/** Knows which faults are on, whoever switched them on, and switches them. */
export interface FaultDesk {
  read(): DeskReading;
  /** Asks every listener once. Never throws. */
  refresh(): Promise<void>;
  /** Asks now and again after each interval until `stop`. */
  start(): void;
  stop(): void;
  /** Switches a fault on. Never throws: a refusal is in the next reading. */
  switchOn(service: ServiceName, order: FaultOrder): Promise<void>;
  /** Ends one fault by its episode's key, or all. Never throws: a refusal is in the next reading. */
  switchOff(key: string): Promise<void>;
  /** The same switches for a scenario: what they switch on is written down in its name. */
  switchesFor(scenario: string): Switches;
}

export interface FaultDeskOptions {
  readonly switches: Switches;
  readonly book: EpisodeBook;
  /** Hears of every change of what the pages show. */
  readonly onChange: () => void;
  /** @default the clock */
  readonly now?: () => Date;
}

/** Ends every fault at once. */
export const ALL = "all";

export function createFaultDesk({
  switches,
  book,
  onChange,
  now = () => new Date(),
}: FaultDeskOptions): FaultDesk {
  const services = new Map<string, DeskService>(
    switches.faults.keys().map((service) => [service, { service, catalogue: null, problem: null }]),
  );
  let refusal: DeskReading["refusal"] = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  /** Counts the questions and the orders; with the number of the newest whose answer is known, by service. */
  let turn = 0;
  const newest = new Map<string, number>();

  async function refresh(): Promise<void> {
    const asked = ++turn;
    for (const [service, poll] of await pollSwitches(switches)) {
      // Asked before what is known by now: where one listener is slow, all answers are taken late, and a fault that
      // was switched on meanwhile is not in them.
      if (asked < (newest.get(service) ?? 0)) continue;
      newest.set(service, asked);
      const before = services.get(service);
      if (before !== undefined) {
        const problem = "problem" in poll ? poll.problem : null;
        const catalogue = "problem" in poll ? before.catalogue : (poll.catalogue ?? null);
        services.set(service, { ...before, catalogue, problem });
        if (problem !== before.problem || before.catalogue === null) onChange();
      }
      book.take(service, poll);
    }
  }

  async function carryOut(task: () => Promise<unknown>): Promise<void> {
    const outcome = await attempt(async () => ({ done: await task() }));
    refusal = "problem" in outcome ? { at: now(), words: outcome.problem } : null;
    await refresh();
    onChange();
  }

  function seen(active: ActiveSwitch, by: string): void {
    newest.set(active.service, ++turn);
    book.seen(active, by);
  }

  function switchesFor(by: string): Switches {
    const faults = switches.faults.entries().map(([service, client]) => {
      const switchOn: FaultClient["switchOn"] = async (wanted) => {
        const active = await client.switchOn(wanted);
        seen(faultOf(service, active), by);
        return active;
      };
      return [service, { ...client, switchOn }] as const;
    });
    const load = switches.load && {
      ...switches.load,
      switchOn: async (wanted: Parameters<NonNullable<Switches["load"]>["switchOn"]>[0]) => {
        const active = await (switches.load as NonNullable<Switches["load"]>).switchOn(wanted);
        seen(trafficOf(active), by);
        return active;
      },
    };
    return { faults: new Map(faults), load };
  }
  const own = switchesFor(CONSOLE);

  async function end({ service, id }: Episode): Promise<void> {
    if (service === TRAFFIC) await switches.load?.switchOff(id);
    else await switches.faults.get(service as ServiceName)?.switchOff(id);
  }

  async function loop(): Promise<void> {
    await refresh();
    if (!stopped) timer = setTimeout(() => void loop(), faultWatchTimes.interval);
  }

  return {
    read: () => ({ services: [...services.values()], on: book.on(), refusal }),
    refresh,
    start: () => void loop(),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    switchOn: (service, wanted) => carryOut(async () => own.faults.get(service)?.switchOn(wanted)),
    switchOff: (key) =>
      carryOut(() =>
        Promise.all(
          book
            .on()
            .filter((each) => key === ALL || each.key === key)
            .map(end),
        ),
      ),
    switchesFor,
  };
}
