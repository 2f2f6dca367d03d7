import { checkLayout } from "./layout.ts";
import { checkQueries } from "./queries.ts";
import type { Known } from "./queries.ts";
import { dashboardSchema } from "./shape.ts";
import { checkSubset } from "./subset.ts";
import { checkWords } from "./words.ts";

/**
 * Looks for what would mislead a reader of a dashboard, or leave a panel empty.
 *
 * @param json a dashboard's JSON, parsed.
 * @returns one line a problem: dashboard, panel, what is wrong, what to do.
 * @throws ZodError when it is no dashboard.
 */
export function checkDashboard(json: unknown, known: Known): string[] {
  const dashboard = dashboardSchema.parse(json);
  const findings = [
    ...checkWords(dashboard.panels),
    ...checkLayout(dashboard.panels),
    ...checkSubset(dashboard.panels),
    ...checkQueries(dashboard, known),
  ];
  return findings.map(({ panel, message }) => `${dashboard.uid}, "${panel}": ${message}.`);
}
