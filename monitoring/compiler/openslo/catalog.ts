import type { ProblemLog } from "./problem.ts";
import { field } from "./read/node.ts";
import type { Node } from "./read/node.ts";
import { placeOf } from "./read/place.ts";
import type { Kind, ObjectOf } from "./schema/kinds.ts";
import { nearest } from "./suggest.ts";

/** All objects of a run, by kind and name. */
export class Catalog {
  readonly #objects = new Map<Kind, Map<string, Node<ObjectOf<Kind>>>>();

  /** Takes an object in; a second one of the same kind and name is reported, and the first one stays. */
  add<K extends Kind>(kind: K, node: Node<ObjectOf<K>>, log: ProblemLog): void {
    const metadata = field(node, "metadata");
    const name = metadata && field(metadata, "name");
    if (name === undefined) return;
    const named = this.#of(kind);
    const earlier = named.get(name.value);
    if (earlier === undefined) {
      named.set(name.value, node);
      return;
    }
    const { file, line } = placeOf({ ...earlier, path: [...earlier.path, "metadata", "name"] });
    log.error(
      placeOf(name),
      "duplicate-name",
      `another ${kind} is called ${JSON.stringify(name.value)}, at ${file}:${line}`,
      "Rename one of the two, or remove it",
    );
  }

  all<K extends Kind>(kind: K): Node<ObjectOf<K>>[] {
    return [...this.#of(kind).values()];
  }

  names(kind: Kind): string[] {
    return [...this.#of(kind).keys()];
  }

  /**
   * Looks a reference up; a dangling one is reported.
   *
   * @param reference the field that holds the name.
   */
  resolve<K extends Kind>(kind: K, reference: Node<string>, log: ProblemLog): Node<ObjectOf<K>> | undefined {
    const named = this.#of(kind);
    const found = named.get(reference.value);
    if (found === undefined) {
      const guess = nearest(reference.value, named.keys());
      log.error(
        placeOf(reference),
        "dangling-reference",
        `there is no ${kind} called ${JSON.stringify(reference.value)}`,
        guess === undefined
          ? `Add one, or name the file that holds it on the command line too`
          : `Did you mean ${JSON.stringify(guess)}?`,
      );
    }
    return found;
  }

  #of<K extends Kind>(kind: K): Map<string, Node<ObjectOf<K>>> {
    let named = this.#objects.get(kind);
    if (named === undefined) {
      named = new Map();
      this.#objects.set(kind, named);
    }
    return named as unknown as Map<string, Node<ObjectOf<K>>>;
  }
}
