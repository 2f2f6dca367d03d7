import { field, has } from "../read/node.ts";
import type { Node } from "../read/node.ts";
import { placeOf } from "../read/place.ts";
import type { Metadata } from "../schema/common.ts";
import type { Kind, ObjectOf } from "../schema/kinds.ts";
import { refuseAnnotations } from "./annotations.ts";
import type { Context } from "./context.ts";

/** An object, whether it was written in place or referred to. */
export interface Resolved<S> {
  readonly metadata: Node<Metadata> | undefined;
  readonly spec: Node<S>;
}

/** A list item that is a reference or an object. */
interface Item<S> {
  readonly kind?: string | null | undefined;
  readonly metadata?: Metadata | null | undefined;
  readonly spec?: S | null | undefined;
}

type SpecOf<K extends Kind> = NonNullable<ObjectOf<K>["spec"]>;

/**
 * Finds the object that a list item means.
 *
 * @param kind of the object.
 * @param item the list item.
 * @param referenceKey the field that makes it a reference: `conditionRef`.
 * @returns undefined when it is neither, both, dangling or broken; told.
 */
export function resolveItem<K extends Kind, R extends string>(
  kind: K,
  item: Node<Item<SpecOf<K>> & { readonly [key in R]?: string | null | undefined }>,
  referenceKey: R,
  context: Context,
): Resolved<SpecOf<K>> | undefined {
  const { catalog, log } = context;
  const inline = (["kind", "metadata", "spec"] as const).filter((key) => has(item, key));
  if (has(item, referenceKey) === inline.length > 0) {
    log.error(
      placeOf(item),
      "reference-or-object",
      inline.length > 0
        ? `both ${referenceKey} and an object in place are given`
        : `neither ${referenceKey} nor an object in place is given`,
      `Write ${referenceKey} alone, or kind, metadata and spec`,
    );
    return undefined;
  }
  const reference = field(item, referenceKey) as Node<string> | undefined;
  if (has(item, referenceKey)) {
    const object = reference && catalog.resolve(kind, reference, log);
    const spec = object && field<{ spec?: SpecOf<K> | null | undefined }, "spec">(object, "spec");
    return spec && { metadata: object && field(object, "metadata"), spec };
  }
  for (const key of ["kind", "metadata", "spec"] as const) {
    if (has(item, key)) continue;
    log.error(placeOf(item), "missing-field", `an object in place needs ${key}`, `Add ${key}`);
  }
  const metadata = field(item, "metadata") as Node<Metadata> | undefined;
  const spec = field(item, "spec") as Node<SpecOf<K>> | undefined;
  refuseAnnotations(metadata, context);
  return spec && { metadata, spec };
}
