import { z } from "zod";
import { label } from "../compiler/names.ts";
import type { Scenario } from "./schema.ts";

/** A burn-rate alert that fires. */
export interface FiringTier {
  readonly slo: string;
  readonly tier: string;
  /** Milliseconds since 1970: the first evaluation at which it held. */
  readonly activeAt: number;
}

const schema = z.object({
  data: z.object({
    alerts: z.array(
      z.object({
        labels: z.record(z.string(), z.string()),
        state: z.string(),
        activeAt: z.string().transform((text) => Date.parse(text)),
      }),
    ),
  }),
});

const TIMEOUT_MS = 5000;

/**
 * Asks Prometheus which tiers fire now.
 *
 * @param prometheusUrl without a slash at the end.
 * @throws Error when there is no answer, or one of another shape.
 */
export async function firingTiers(prometheusUrl: string): Promise<FiringTier[]> {
  const response = await fetch(`${prometheusUrl}/api/v1/alerts`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const { alerts } = schema.parse(await response.json()).data;
  return alerts.flatMap(({ labels, state, activeAt }) => {
    const [slo, tier] = [labels[label.slo], labels[label.tier]];
    return state === "firing" && slo !== undefined && tier !== undefined ? [{ slo, tier, activeAt }] : [];
  });
}

/**
 * Compares what fired with what a scenario expects.
 *
 * @param fired every tier that began to fire since the scenario began.
 * @returns what is wrong, a sentence each; nothing when all came as it should.
 */
export function unexpected(
  { expect }: Scenario,
  fired: readonly Pick<FiringTier, "slo" | "tier">[],
): string[] {
  const missing = expect.alerts
    .filter(({ slo, tiers }) => !fired.some((each) => each.slo === slo && tiers.includes(each.tier)))
    .map(({ slo, tiers }) => `${slo}: none of ${tiers.join(", ")} fired`);
  const pages = fired.filter(({ slo, tier }) => expect.quiet.includes(slo) && tier.startsWith("page"));
  return [...missing, ...pages.map(({ slo, tier }) => `${slo}: ${tier} fired, and should not`)];
}
