import { faultCatalogue } from "./fault-catalogue.ts";
import type { FaultEffect, FaultKind } from "./fault-catalogue.ts";

/** A fault that is on. */
export interface ActiveFault {
  readonly id: string;
  readonly fault: string;
  readonly variant: string;
  /** The neighbour that it is aimed at, for faults of the kind `dependency`. */
  readonly target?: string;
  /** ISO 8601, by the wall clock; for people. */
  readonly started_at: string;
  readonly expires_at: string;
}

/** What the code that applies faults sees of one. */
export interface LiveFault extends ActiveFault {
  readonly effect: FaultEffect;
  /** Milliseconds until it ends by itself. */
  remaining(): number;
  /** Aborts when somebody switches the fault off before its time. */
  readonly removed: AbortSignal;
}

interface FaultRequest {
  readonly fault: string;
  readonly variant: string;
  readonly target?: string | undefined;
  /** Milliseconds. */
  readonly lasts: number;
}

/** Which faults are on. Each ends at its time by itself: whoever asks compares with the clock. */
export interface FaultBoard {
  /** What can be switched on here, without the faults that this service has no target for. */
  readonly catalogue: readonly FaultKind[];
  /** The neighbours that a `dependency` fault can be aimed at. */
  readonly targets: readonly string[];
  /** @throws FaultRefused when the catalogue does not have it or too many are on. */
  add(request: FaultRequest): ActiveFault;
  live(): readonly LiveFault[];
  /** @returns false when no such fault is on. */
  remove(id: string): boolean;
  clear(): void;
}

export interface FaultBoardOptions {
  /** Names of the neighbours. @default none */
  targets?: readonly string[];
  /** A monotonic clock in milliseconds, so that a change of the wall clock does not prolong a fault. */
  now?: () => number;
  /** The wall clock in milliseconds since 1970, for the times that people read. */
  wallClock?: () => number;
}

/** Raised when a fault cannot be switched on. `field` says which part of the request is to blame. */
export class FaultRefused extends Error {
  override readonly name = "FaultRefused";
  readonly code = "FAULT_REFUSED";
  readonly field: "fault" | "variant" | "target" | "";

  constructor(field: "fault" | "variant" | "target" | "", message: string) {
    super(message);
    this.field = field;
  }
}

/** More at once would only blur what a person wants to see. */
export const MAX_ACTIVE = 16;

/** Creates a board with nothing on it. */
export function createFaultBoard({
  targets = [],
  now = () => performance.now(),
  wallClock = Date.now,
}: FaultBoardOptions = {}): FaultBoard {
  const catalogue = faultCatalogue.filter((kind) => !kind.targeted || targets.length > 0);
  let entries: Entry[] = [];
  let created = 0;

  const live = (): readonly Entry[] => {
    if (entries.some((entry) => entry.remaining() <= 0)) {
      entries = entries.filter((entry) => entry.remaining() > 0);
    }
    return entries;
  };

  const removeWhere = (unwanted: (entry: Entry) => boolean): boolean => {
    const gone = live().filter(unwanted);
    entries = entries.filter((entry) => !unwanted(entry));
    for (const entry of gone) entry.removal.abort();
    return gone.length > 0;
  };

  return {
    catalogue,
    targets,
    live,
    add(request) {
      const effect = findEffect(catalogue, targets, request);
      if (live().length >= MAX_ACTIVE) throw new FaultRefused("", `${MAX_ACTIVE} faults are on already`);
      const { fault, variant, target, lasts } = request;
      const endsAt = now() + lasts;
      const startedAt = wallClock();
      const removal = new AbortController();
      created += 1;
      const entry: Entry = {
        id: `fault-${created}`,
        fault,
        variant,
        ...(target === undefined ? {} : { target }),
        started_at: new Date(startedAt).toISOString(),
        expires_at: new Date(startedAt + lasts).toISOString(),
        effect,
        remaining: () => endsAt - now(),
        removal,
        removed: removal.signal,
      };
      entries = [...entries, entry];
      return publicPart(entry);
    },
    remove: (id) => removeWhere((entry) => entry.id === id),
    clear: () => void removeWhere(() => true),
  };
}

/** The part of a live fault that the admin API shows. */
export function publicPart({ id, fault, variant, target, started_at, expires_at }: ActiveFault): ActiveFault {
  return { id, fault, variant, ...(target === undefined ? {} : { target }), started_at, expires_at };
}

interface Entry extends LiveFault {
  readonly removal: AbortController;
}

function findEffect(
  catalogue: readonly FaultKind[],
  targets: readonly string[],
  { fault, variant, target }: FaultRequest,
): FaultEffect {
  const kind = catalogue.find(({ name }) => name === fault);
  if (kind === undefined)
    throw unknown(
      "fault",
      fault,
      catalogue.map(({ name }) => name),
    );
  const found = kind.variants.find(({ name }) => name === variant);
  if (found === undefined)
    throw unknown(
      "variant",
      variant,
      kind.variants.map(({ name }) => name),
    );
  if (kind.targeted && (target === undefined || !targets.includes(target))) {
    throw unknown("target", target, targets);
  }
  if (!kind.targeted && target !== undefined) {
    throw new FaultRefused("target", `got ${JSON.stringify(target)}, but ${fault} takes no target`);
  }
  return found.effect;
}

function unknown(field: "fault" | "variant" | "target", got: string | undefined, want: readonly string[]) {
  return new FaultRefused(field, `got ${JSON.stringify(got) ?? "nothing"}, want one of ${want.join(", ")}`);
}
