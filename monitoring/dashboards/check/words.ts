import type { Finding } from "./layout.ts";
import type { Panel } from "./shape.ts";

/** Kinds of panels that show no number. */
const wordless: ReadonlySet<string> = new Set(["row", "text", "logs"]);

/** Panels that a reader at night could not use: without title, description or unit. */
export function checkWords(panels: readonly Panel[]): Finding[] {
  return panels.flatMap((panel) => {
    const name = panel.title === "" ? `panel ${panel.id}` : panel.title;
    const findings: string[] = [];
    if (panel.title === "") findings.push("has no title. Say what it shows");
    if (panel.type !== "row" && panel.description === "") {
      findings.push("has no description. Say what to do with it");
    }
    if (!wordless.has(panel.type) && panel.fieldConfig.defaults.unit === undefined) {
      findings.push("has no unit. Name one of Grafana's; none where there is none");
    }
    return findings.map((message) => ({ panel: name, message }));
  });
}
