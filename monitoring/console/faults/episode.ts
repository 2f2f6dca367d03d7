import { z } from "zod";
import { FIELD_LENGTH } from "../limits.ts";

/** Who switched a fault on, where it was no scenario. */
export const CONSOLE = "console";
export const ELSEWHERE = "elsewhere";
/** What stands for the service where the traffic is changed. */
export const TRAFFIC = "loadgen";

const text = z.string().max(FIELD_LENGTH);
/** Milliseconds since 1970. */
const moment = z.number().int().nonnegative();

/** When a tier of an SLO was going to cross its threshold, as computed when the fault was seen. */
export const crossingSchema = z.strictObject({
  slo: text,
  sli: text,
  tier: text,
  severity: z.enum(["critical", "warning"]),
  /** The burn rate above which both windows must be. */
  factor: z.number(),
  at: moment,
});
export type Crossing = z.output<typeof crossingSchema>;

/** One fault, from the moment at which it was switched on. What is not known yet is null. */
export const episodeSchema = z.strictObject({
  /** Service, number and start: a service counts anew after a restart. */
  key: z.string().max(3 * FIELD_LENGTH),
  /** The number by which its listener knows it. */
  id: text,
  /** The service; `loadgen` for a change of the traffic. */
  service: text,
  fault: text,
  variant: text,
  target: text.nullable(),
  /** `console`, `elsewhere` (a shell, another program), or the name of the scenario that did it. */
  by: text,
  startedAt: moment,
  expiresAt: moment,
  endedAt: moment.nullable(),
  end: z.enum(["expired", "undone", "service restarted"]).nullable(),
  /** Empty until computed, or when no tier is ever going to cross. */
  crossings: z.array(crossingSchema).max(40),
  /** Whether the crossings have been computed; a failure is tried again. */
  predicted: z.boolean(),
});
export type Episode = z.output<typeof episodeSchema>;

/** A fault as an admin listener tells of it. */
export type ActiveSwitch = Pick<
  Episode,
  "id" | "service" | "fault" | "variant" | "target" | "startedAt" | "expiresAt"
>;

/** The episode that begins with a fault. */
export function episodeOf(active: ActiveSwitch, by: string): Episode {
  const key = keyOf(active);
  return { ...active, key, by, endedAt: null, end: null, crossings: [], predicted: false };
}

export function keyOf({ service, id, startedAt }: Pick<Episode, "service" | "id" | "startedAt">): string {
  return `${service}.${id}.${startedAt}`;
}

/** `20% errors`, `dependency user dead`, `traffic ×3`: what is broken, in a few words. */
export function faultWords({
  fault,
  variant,
  target,
}: Pick<Episode, "fault" | "variant" | "target">): string {
  if (target !== null) return `${fault} ${target} ${variant}`;
  return /^\d/.test(variant) && fault === "errors" ? `${variant} errors` : `${fault} ${variant}`;
}
