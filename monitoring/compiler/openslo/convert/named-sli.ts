import { field, has, items } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import type { SliSpec } from "../schema/sli.ts";
import type { SloSpec } from "../schema/slo.ts";
import { readFamily } from "./annotations.ts";
import type { Context } from "./context.ts";
import type { Resolved } from "./reference.ts";
import { readSli } from "./sli.ts";
import type { Sli } from "./sli.ts";

/** An SLI and the word in its recorded series' names. */
export interface NamedSli {
  readonly sli: Sli;
  readonly family: string;
}

/** The family of an SLI whose annotations name none. */
const DEFAULT_FAMILIES = { ratio: "availability", histogram: "latency", threshold: "threshold" } as const;

/**
 * Finds and reads an SLO's indicator, in place or by reference.
 *
 * @returns undefined when it is missing, composite, dangling or wrong; told.
 */
export function readNamedSli(spec: Node<SloSpec>, context: Context): NamedSli | undefined {
  if (refuseComposite(spec, context)) return undefined;
  const found = find(spec, context);
  if (found === undefined) return undefined;
  const family = readFamily(found.metadata, context);
  const sli = readSli(found.spec, context);
  return sli && { sli, family: family ?? DEFAULT_FAMILIES[sli.kind] };
}

function find(spec: Node<SloSpec>, { catalog, log }: Context): Resolved<SliSpec> | undefined {
  if (has(spec, "indicator") === has(spec, "indicatorRef")) {
    log.error(
      placeOf(spec),
      "one-indicator",
      has(spec, "indicator")
        ? "both indicator and indicatorRef are given"
        : "neither indicator nor indicatorRef is given",
      "Write exactly one of the two",
    );
    return undefined;
  }
  const inline = field(spec, "indicator");
  const reference = field(spec, "indicatorRef");
  const object = inline ?? (reference && catalog.resolve("SLI", reference, log));
  const sliSpec = object && field(object, "spec");
  return sliSpec && { metadata: object && field(object, "metadata"), spec: sliSpec };
}

/** Indicators at the objectives make one weighted budget of several SLIs. */
function refuseComposite(spec: Node<SloSpec>, { log }: Context): boolean {
  const keys = ["indicator", "indicatorRef", "compositeWeight"] as const;
  const composite = items(field(spec, "objectives")).find((objective) =>
    keys.some((key) => has(objective, key)),
  );
  if (composite === undefined) return false;
  const key = keys.find((candidate) => has(composite, candidate)) ?? "indicator";
  log.error(
    placeOf({ ...composite, path: [...composite.path, key] }),
    "composite",
    "a composite SLO weighs several indicators into one budget, and OpenSLO v1 does not say how",
    "Write one SLO for each indicator, with its target",
  );
  return true;
}
