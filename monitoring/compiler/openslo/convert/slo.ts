import type { Slo } from "../../model.ts";
import { field, isWhole, items } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { lineOf, placeOf } from "../read/place.ts";
import type { ObjectOf } from "../schema/kinds.ts";
import type { Objective, SloSpec } from "../schema/slo.ts";
import { nearest } from "../suggest.ts";
import { readWishes } from "./annotations.ts";
import { readBudgeting } from "./budgeting.ts";
import { chooseTiers } from "./choose-tiers.ts";
import type { Context } from "./context.ts";
import { readNamedSli } from "./named-sli.ts";
import { objectiveNames } from "./objective-names.ts";
import { readIndicator, readTarget } from "./objective.ts";
import { checkMinimum, checkReachability } from "./reachability.ts";
import { readRouting } from "./routing.ts";
import type { Sli } from "./sli.ts";
import { readWindow } from "./window.ts";

/**
 * Turns an OpenSLO SLO into the compiler's: one for each objective.
 *
 * Every part is looked at, whatever is wrong with the others, so that all problems are told at once.
 *
 * @returns the SLOs that are sound; none when the object has an error.
 */
export function readSlo(object: Node<ObjectOf<"SLO">>, context: Context): Slo[] {
  const metadata = field(object, "metadata");
  const wishes = readWishes(metadata, context);
  const routing = readRouting(metadata, context);
  const spec = field(object, "spec");
  if (spec === undefined) return [];
  warnOfService(spec, context);
  const sli = readNamedSli(spec, context);
  const window = readWindow(spec, context);
  const alerts = window && chooseTiers(spec, wishes, window.seconds, context);
  const objectives = readObjectives(spec, sli?.sli.kind ?? "ratio", context);
  const names = objectiveNames(metadata, objectives, context);
  return objectives.flatMap((objective, index) => {
    const target = readTarget(objective, context);
    const budgeting = readBudgeting(spec, objective, window, context);
    const indicator = sli && readIndicator(sli.sli, objective, context);
    if (target && alerts) checkReachability(alerts.tiers, target, budgeting, context);
    if (alerts && budgeting) checkMinimum(alerts.tiers, wishes, budgeting, context);
    if (!names || !target || !budgeting || !indicator || !window || !alerts || !sli) return [];
    if (!isWhole(object)) return [];
    return {
      name: names[index] ?? "",
      service: spec.value.service,
      sli: wishes.family ?? sli.family,
      displayName: object.value.metadata.displayName ?? object.value.metadata.name,
      description: spec.value.description ?? "",
      target: target.share,
      indicator,
      budgeting,
      window,
      alerting: {
        tiers: alerts.tiers,
        whenNoData: alerts.whenNoData,
        minimumEvents: wishes.minimumEvents,
        routing,
        ...(Object.keys(wishes.links).length > 0 && { links: wishes.links }),
      },
      source: { file: target.node.source.file, line: lineOf(target.node) },
    };
  });
}

function readObjectives(spec: Node<SloSpec>, kind: Sli["kind"], { log }: Context): Node<Objective>[] {
  const list = field(spec, "objectives");
  if (list !== undefined && list.value.length > 1 && kind !== "ratio") {
    log.warning(
      placeOf(list),
      "threshold-objectives",
      "the specification allows one objective with a threshold metric, its SDK any number",
      "Write one SLO for each if other tools read this file",
    );
  }
  if (list?.value.length === 0) {
    log.error(
      placeOf(list),
      "no-objective",
      "an SLO without an objective promises nothing",
      "Add one, with a target",
    );
  }
  return items(list);
}

/** Naming a service needs no Service object; but where there are some, a name that is not among them is a slip. */
function warnOfService(spec: Node<SloSpec>, { catalog, log }: Context): void {
  const service = field(spec, "service");
  const declared = catalog.names("Service");
  if (service === undefined || declared.length === 0 || declared.includes(service.value)) return;
  const guess = nearest(service.value, declared);
  log.warning(
    placeOf(service),
    "service-not-declared",
    `there are Service objects, but none is called ${JSON.stringify(service.value)}`,
    guess === undefined ? "Add one" : `Did you mean ${JSON.stringify(guess)}?`,
  );
}
