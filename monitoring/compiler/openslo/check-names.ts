import type { ProblemLog } from "./problem.ts";
import { field, items } from "./read/node.ts";
import type { Node } from "./read/node.ts";
import { placeOf } from "./read/place.ts";
import type { Metadata } from "./schema/common.ts";
import type { Kind, ObjectOf } from "./schema/kinds.ts";
import { shown } from "./wording.ts";

/** RFC 1123's label, which every OpenSLO implementation takes. */
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** What the specification's own examples use beyond it (`OnCallDevopsMailNotification`), and what it encourages. */
const WIDE_NAME = /^[\w.|/\\-]{1,255}$/;

/** These names become file names and the values of labels that people type. */
const STRICT_KINDS: ReadonlySet<Kind> = new Set<Kind>(["SLO", "Service"]);

const LONGEST_DISPLAY_NAME = 63;

/**
 * Checks an object's name, its display name and the service that an SLO names, and those of objects inside it.
 *
 * Where OpenSLO's specification and its SDK disagree, the name passes with a warning.
 */
export function checkNames(kind: Kind, object: Node<ObjectOf<Kind>>, log: ProblemLog): void {
  const metadata = field(object, "metadata");
  if (metadata !== undefined) checkMetadata(metadata, STRICT_KINDS.has(kind), log);
  for (const inline of inlineMetadata(kind, object)) checkMetadata(inline, false, log);
  if (kind !== "SLO") return;
  const spec = field(object as Node<ObjectOf<"SLO">>, "spec");
  const service = spec && field(spec, "service");
  if (service !== undefined) checkName(service, true, log);
}

function checkMetadata(metadata: Node<Metadata>, strict: boolean, log: ProblemLog): void {
  const name = field(metadata, "name");
  if (name !== undefined) checkName(name, strict, log);
  const displayName = field(metadata, "displayName");
  if (displayName === undefined || displayName.value.length <= LONGEST_DISPLAY_NAME) return;
  log.warning(
    placeOf(displayName),
    "display-name-long",
    `${displayName.value.length} characters; OpenSLO's SDK takes ${LONGEST_DISPLAY_NAME}, the specification any number`,
    "Shorten it if other tools read this file",
  );
}

function checkName(name: Node<string>, strict: boolean, log: ProblemLog): void {
  if (DNS_LABEL.test(name.value)) return;
  if (strict || !WIDE_NAME.test(name.value)) {
    log.error(
      placeOf(name),
      "bad-name",
      `got ${shown(name.value)}, want at most 63 lower-case letters, digits and dashes, with a letter or digit at both ends`,
      "Rename it; the text that people read goes into displayName",
    );
    return;
  }
  log.warning(
    placeOf(name),
    "name-not-rfc1123",
    `${shown(name.value)} is no RFC 1123 label; the specification's own examples use such names, its SDK refuses them`,
    "Use lower-case letters, digits and dashes if other tools read this file",
  );
}

function inlineMetadata(kind: Kind, object: Node<ObjectOf<Kind>>): Node<Metadata>[] {
  if (kind === "SLO") return ofSlo(object as Node<ObjectOf<"SLO">>);
  if (kind === "AlertPolicy") return ofPolicy(object as Node<ObjectOf<"AlertPolicy">>);
  return [];
}

type WithPolicySpec = { spec?: ObjectOf<"AlertPolicy">["spec"] | null | undefined };

function ofSlo(slo: Node<ObjectOf<"SLO">>): Node<Metadata>[] {
  const spec = field(slo, "spec");
  if (spec === undefined) return [];
  const indicator = field(spec, "indicator");
  const policies = items(field(spec, "alertPolicies"));
  return [
    indicator && field(indicator, "metadata"),
    ...policies.map((policy) => field(policy, "metadata")),
    ...policies.flatMap((policy) => ofPolicy(policy)),
  ].filter((metadata) => metadata !== undefined);
}

function ofPolicy(policy: Node<WithPolicySpec>): Node<Metadata>[] {
  const spec = field(policy, "spec");
  if (spec === undefined) return [];
  const conditions = items(field(spec, "conditions")).map((condition) => field(condition, "metadata"));
  const targets = items(field(spec, "notificationTargets")).map((target) => field(target, "metadata"));
  return [...conditions, ...targets].filter((metadata) => metadata !== undefined);
}
