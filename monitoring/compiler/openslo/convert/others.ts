import { field } from "../read/node.ts";
import { readFamily, refuseAnnotations } from "./annotations.ts";
import { readCondition } from "./condition.ts";
import type { Context } from "./context.ts";
import { readPolicy } from "./policy.ts";
import { readSli } from "./sli.ts";

const KINDS_WITHOUT_ANNOTATIONS = [
  "DataSource",
  "Service",
  "AlertPolicy",
  "AlertCondition",
  "AlertNotificationTarget",
] as const;

/** Looks at every object that no SLO led to, so that its problems are told too. */
export function checkOthers(context: Context): void {
  const { catalog } = context;
  for (const kind of KINDS_WITHOUT_ANNOTATIONS) {
    for (const object of catalog.all(kind)) refuseAnnotations(field(object, "metadata"), context);
  }
  for (const sli of catalog.all("SLI")) {
    const spec = field(sli, "spec");
    readFamily(field(sli, "metadata"), context);
    if (spec !== undefined) readSli(spec, context);
  }
  for (const policy of catalog.all("AlertPolicy")) {
    const spec = field(policy, "spec");
    if (spec !== undefined) readPolicy(spec, context);
  }
  for (const condition of catalog.all("AlertCondition")) {
    const spec = field(condition, "spec");
    if (spec !== undefined) readCondition(spec, context);
  }
}
