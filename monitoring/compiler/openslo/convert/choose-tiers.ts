import type { Tier } from "../../windows.ts";
import { field, has, items } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import type { InlineAlertPolicy } from "../schema/alerting.ts";
import type { SloSpec } from "../schema/slo.ts";
import { readAnnotatedTiers } from "./annotated-tiers.ts";
import type { Wishes } from "./annotations.ts";
import type { Context } from "./context.ts";
import { defaultTiersFor } from "./default-tiers.ts";
import { readPolicy } from "./policy.ts";
import { resolveItem } from "./reference.ts";
import { toTier } from "./tier.ts";
import type { TierWish } from "./tier.ts";

/** The alerts that an SLO asks for, before its targets are looked at. */
export interface ChosenTiers {
  readonly tiers: readonly Tier[];
  readonly whenNoData: boolean;
}

/**
 * Chooses an SLO's alert tiers: those of its annotation, else those of its alert policies, else the default ones.
 *
 * @param periodSeconds the SLO's window.
 * @returns worst first; undefined when something is wrong with them, which is then told.
 */
export function chooseTiers(
  spec: Node<SloSpec>,
  wishes: Wishes,
  periodSeconds: number,
  context: Context,
): ChosenTiers | undefined {
  const policies = readPolicies(spec, context);
  if (policies === undefined) return undefined;
  if (wishes.tiers !== undefined && policies.wishes.length > 0) {
    context.log.error(
      placeOf(field(spec, "alertPolicies") ?? spec),
      "tiers-twice",
      "the alert policies and the annotation burnrate.dev/tiers both choose alerts",
      "Keep one of the two",
    );
    return undefined;
  }
  const own = wishes.tiers === undefined ? policies.wishes : readAnnotatedTiers(wishes.tiers, context);
  if (own === undefined) return undefined;
  const usesDefaults = wishes.tiers === undefined && !has(spec, "alertPolicies");
  const tiers = usesDefaults
    ? defaultTiersFor(spec, periodSeconds, context)
    : own.map((wish) => toTier(wish, periodSeconds, context));
  if (tiers.includes(undefined) || !namesDiffer(own, context)) return undefined;
  return { tiers: worstFirst(tiers as Tier[]), whenNoData: policies.whenNoData || wishes.whenNoData };
}

function readPolicies(
  spec: Node<SloSpec>,
  context: Context,
): { wishes: readonly TierWish[]; whenNoData: boolean } | undefined {
  const list = field(spec, "alertPolicies");
  if (list?.value.length === 0) {
    context.log.warning(
      placeOf(list),
      "no-alerts",
      "the list is empty, so no burn-rate alert is made",
      "Leave alertPolicies out to get the default tiers",
    );
  }
  const policies = items(list).map((item) => readListed(item, context));
  const known = policies.filter((policy) => policy !== undefined);
  if (known.length < policies.length || (has(spec, "alertPolicies") && list === undefined)) return undefined;
  return {
    whenNoData: known.some(({ whenNoData }) => whenNoData),
    wishes: known.flatMap(({ wish }) => wish ?? []),
  };
}

/** One entry of `alertPolicies`: what it wishes points at the entry, for the policy may serve many SLOs. */
function readListed(
  item: Node<InlineAlertPolicy>,
  context: Context,
): { whenNoData: boolean; wish: TierWish | undefined } | undefined {
  const policy = resolveItem("AlertPolicy", item, "alertPolicyRef", context);
  const read = policy && readPolicy(policy.spec, context);
  if (read === undefined) return undefined;
  const wish = read.tier && { ...read.tier, routing: read.routing, node: item };
  return { whenNoData: read.whenNoData, wish };
}

function namesDiffer(wishes: readonly TierWish[], { log }: Context): boolean {
  const seen = new Set<string>();
  for (const { name, node } of wishes) {
    if (seen.has(name)) {
      log.error(
        placeOf(node),
        "duplicate-tier",
        `two tiers of this SLO are called ${JSON.stringify(name)}`,
        "Rename one; a tier is called like its AlertCondition",
      );
      return false;
    }
    seen.add(name);
  }
  return true;
}

function worstFirst(tiers: readonly Tier[]): Tier[] {
  const rank = { critical: 0, warning: 1 } as const;
  return tiers.toSorted((a, b) => rank[a.severity] - rank[b.severity] || b.factor - a.factor);
}
