/** What the console received, as the benchmark needs it. */
import { z } from "zod";
import { alertName } from "../../compiler/names.ts";
import type { Notification } from "../lab.ts";
import { contenders, type Contender } from "./contender-rules.ts";

/** Whose rules sent a page. */
export type Shape = "ours" | Contender;
export const shapes = ["ours", "sloth", "pyrra"] as const satisfies readonly Shape[];

const names: Readonly<Record<Shape, string>> = { ours: alertName.burnRateCritical, ...contenders };

/** All pages: what came in PagerDuty's shape and fires. */
export function pagesOf(notifications: readonly Notification[]): Notification[] {
  return notifications.filter(({ channel, state }) => channel === "pagerduty" && state === "firing");
}

/** What our PagerDuty template says of a group: each alert that fires, with its SLO and its tier. */
const groupSchema = z.object({ payload: z.object({ custom_details: z.object({ firing: z.string() }) }) });

/**
 * Finds the first page about an SLO since a moment.
 *
 * @param slo the page's own, with shapes that page for each SLO apart; ours pages once a service, and names in its list
 *   every SLO that it is about. What an earlier incident left in a long window may page for another one meanwhile.
 * @returns milliseconds since 1970; nothing when there is none.
 */
export function firstPageAt(
  notifications: readonly Notification[],
  shape: Shape,
  { service, slo, since }: { readonly service: string; readonly slo: string; readonly since: number },
): number | undefined {
  const moments = pagesOf(notifications)
    .filter(
      (each) => each.alertname === names[shape] && each.service === service && each.received_at >= since,
    )
    .filter((each) => (shape === "ours" ? lists(each, slo) : each.slo === slo))
    .map((each) => each.received_at);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

function lists({ raw }: Notification, slo: string): boolean {
  return groupSchema.safeParse(raw).data?.payload.custom_details.firing.includes(`(${slo}, `) ?? false;
}

/** Our pages about services that nothing was wrong with, or before anything was: a sentence each. */
export function falsePages(
  notifications: readonly Notification[],
  {
    services,
    between: [from, to],
  }: { readonly services: readonly string[]; readonly between: readonly [number, number] },
): string[] {
  const others = new Set<string | null>(Object.values(contenders));
  return pagesOf(notifications)
    .filter((each) => each.received_at >= from && each.received_at < to && !others.has(each.alertname))
    .filter(({ service }) => service === null || !services.includes(service))
    .map(({ summary, received_at }) => `${new Date(received_at).toISOString()} ${summary}`);
}
