import { parser } from "@grafana/lezer-logql";

/**
 * Parses LogQL by Grafana's grammar.
 *
 * @returns the text from where it does not parse, or nothing.
 */
export function logqlMistake(query: string): string | undefined {
  let mistake: string | undefined;
  parser.parse(query).iterate({
    enter(node) {
      if (node.type.isError) mistake ??= query.slice(node.from);
    },
  });
  return mistake?.trim() === "" ? "its end" : mistake;
}
