import { field } from "../read/node.ts";
import type { Place } from "../problem.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import type { Metadata } from "../schema/common.ts";
import type { Objective } from "../schema/slo.ts";
import type { Context } from "./context.ts";

/**
 * Names the SLO of each objective: the SLO's own name; where it has several, with the objective's display name (or its
 * number) behind it.
 *
 * @returns undefined when two objectives come to the same name, which is told.
 */
export function objectiveNames(
  metadata: Node<Metadata> | undefined,
  objectives: readonly Node<Objective>[],
  context: Context,
): string[] | undefined {
  const name = metadata && field(metadata, "name")?.value;
  if (metadata === undefined || name === undefined) return undefined;
  if (objectives.length === 1) return claim([name], metadata, context);
  const names = objectives.map((objective, index) => `${name}-${suffix(objective, index)}`);
  for (const [index, objective] of objectives.entries()) {
    const first = names.indexOf(names[index] ?? "");
    if (first === index) continue;
    context.log.error(
      placeOf(objective),
      "duplicate-objective",
      `objectives ${first + 1} and ${index + 1} would both be recorded as ${JSON.stringify(names[index])}`,
      "Give each a displayName of its own",
    );
    return undefined;
  }
  return claim(names, metadata, context);
}

/** `shop` with an objective `Fast` and an SLO `shop-fast` would both be recorded as `shop-fast`. */
function claim(names: string[], metadata: Node<Metadata>, { log, taken }: Context): string[] | undefined {
  const place = (of: Node<Metadata>): Place => placeOf({ ...of, path: [...of.path, "name"] });
  const clash = names.find((name) => taken.has(name));
  for (const name of names) taken.set(name, taken.get(name) ?? metadata);
  const owner = taken.get(clash ?? "");
  if (owner === undefined) return names;
  const other = place(owner);
  log.error(
    place(metadata),
    "duplicate-name",
    `the SLO at ${other.file}:${other.line} is recorded as ${JSON.stringify(clash)} too`,
    "Rename one of them, or the objective",
  );
  return undefined;
}

function suffix(objective: Node<Objective>, index: number): string {
  const words = (field(objective, "displayName")?.value ?? "")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return words === "" ? String(index + 1) : words;
}
