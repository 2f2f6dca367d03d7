import type { ValueMappingResult } from "@grafana/grafana-foundation-sdk/dashboard";
import { handWrittenAlerts } from "../../prometheus/alerts.ts";

/**
 * The page of each alert whose runbook has not its own name, because several alerts share a page.
 *
 * @returns by the alert's name; the text is the page's name, without `.md`.
 */
export function runbookPages(): Record<string, ValueMappingResult> {
  const pages = handWrittenAlerts().map(({ alert, annotations }): [string, string] => {
    const page = new URL(annotations.runbook_url).pathname.split("/").at(-1)?.replace(/\.md$/, "") ?? alert;
    return [alert, page];
  });
  return Object.fromEntries(
    pages.filter(([alert, page]) => alert !== page).map(([alert, text]) => [alert, { text }]),
  );
}
