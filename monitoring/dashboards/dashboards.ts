import { finish } from "./kit/finish.ts";
import type { Draft } from "./kit/finish.ts";
import type { GeneratedFile } from "../compiler/emit/generated-file.ts";
import type { Lab } from "./lab.ts";
import { alerting } from "./alerting/alerting.ts";
import { business } from "./business.ts";
import { dependencies } from "./dependencies.ts";
import { infrastructure } from "./infrastructure.ts";
import { logs } from "./logs.ts";
import { nodejs } from "./nodejs.ts";
import { serviceHealth } from "./service-health/service-health.ts";
import { sloOverview } from "./slo-overview/slo-overview.ts";

/** Every dashboard, in the order in which they are read. Add one here. */
const drafts: readonly ((lab: Lab) => Draft)[] = [
  sloOverview,
  serviceHealth,
  dependencies,
  business,
  infrastructure,
  nodejs,
  alerting,
  logs,
];

/**
 * The dashboards as Grafana loads them: classic schema (v1), one file each.
 *
 * @returns files named `<uid>.json`; the same SLOs give the same bytes.
 */
export function dashboardFiles(lab: Lab): GeneratedFile[] {
  return drafts.map((draft) => {
    const { description, ...rest } = finish(draft(lab));
    const content = `${JSON.stringify({ description, ...rest }, visible, 2)}\n`;
    return { path: `${rest.uid ?? ""}.json`, content };
  });
}

/** The SDK's default would move links and annotations out of sight, into a menu. */
function visible(key: string, value: unknown): unknown {
  return key === "placement" && value === "inControlsMenu" ? undefined : value;
}
