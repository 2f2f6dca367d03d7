import { toolNames, tools, type ToolName, type Toolbox } from "../tools/tools.ts";

/** Optional tools that the stack starts where they are found. */
export const optionalComponents = [
  "nodeExporter",
  "blackboxExporter",
  "loki",
] as const satisfies readonly ToolName[];

/** What does not run here, and what stands in for it. */
export function notRunning(toolbox: Toolbox): { readonly title: string; readonly standIn: string }[] {
  const runs = (name: ToolName): boolean =>
    toolbox[name] !== undefined && optionalComponents.some((optional) => optional === name);
  return toolNames
    .filter((name) => !tools[name].required && !runs(name))
    .map((name) => ({ title: tools[name].title, standIn: tools[name].standIn ?? "" }));
}
