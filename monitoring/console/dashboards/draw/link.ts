/** Links of panels and values: Grafana's link variables filled in, and Grafana's addresses as the console's own. */
import { safeUrl } from "../../facts.ts";
import type { Labels, Value } from "../data/frame.ts";
import type { DataLink } from "../schema/field-config.ts";
import { builtInValue, interpolateText } from "../variables/interpolate.ts";
import type { DrawContext } from "./context.ts";

/** The value that a link stands beside. */
export interface LinkPlace {
  readonly labels?: Labels;
  readonly name?: string;
  readonly value?: Value;
  readonly text?: string;
  /** The other cells of the row, by column. */
  readonly cells?: Readonly<Record<string, string>>;
  /** Milliseconds since 1970, or a stand-in that the script replaces. */
  readonly time?: string;
}

export interface ReadyLink {
  readonly title: string;
  readonly href: string;
  /** Out of the console. */
  readonly outside: boolean;
}

/** @returns the link; undefined where the browser must not be sent there, or a variable of it is not known here. */
export function readyLink(
  { title, url }: DataLink,
  place: LinkPlace,
  context: DrawContext,
): ReadyLink | undefined {
  let missing = false;
  const filled = url.replaceAll(/\$\{([^}]+)\}|\$(\w+)/g, (_whole, braced?: string, plain?: string) => {
    const value = linkValue(braced ?? plain ?? "", place, context);
    missing ||= value === undefined;
    return value ?? "";
  });
  const href = ownAddress(filled, context.grafana);
  if (missing || href === undefined) return undefined;
  const words = interpolateText(title, { ...context.scope, step: 0, scrape: 0 });
  return { title: words || filled, href, outside: !href.startsWith("/") };
}

/** @param name inside `${…}`. @returns its value, encoded for an address. */
function linkValue(name: string, place: LinkPlace, { scope }: DrawContext): string | undefined {
  const label = /^__field\.labels(?:\.(\w+)|\[["'](.+)["']\])$/.exec(name);
  if (label !== null) return encodeURIComponent(place.labels?.[label[1] ?? label[2] ?? ""] ?? "");
  const column = /^__data\.fields(?:\.([^[\]]+)|\[["'](.+)["']\])$/.exec(name);
  if (column !== null) {
    const text = place.cells?.[column[1] ?? column[2] ?? ""];
    return text === undefined ? undefined : encodeURIComponent(text);
  }
  switch (name) {
    case "__value.time":
      return place.time;
    case "__value.text":
      return place.text === undefined ? undefined : encodeURIComponent(place.text);
    case "__value.raw":
    case "__value.numeric":
    case "__value":
      return place.value == null ? undefined : encodeURIComponent(String(place.value));
    case "__series.name":
    case "__field.name":
      return encodeURIComponent(place.name ?? "");
    case "__url_time_range":
      return `from=${encodeURIComponent(scope.range.words.from)}&to=${encodeURIComponent(scope.range.words.to)}`;
    case "__all_variables":
      return scope.variables.map((variable) => queryOf(variable.name, variable.values)).join("&");
  }
  const [, bare = "", format] = /^(\w+)(?::(\w+))?$/.exec(name) ?? [];
  // A link keeps a range that moves with the clock as it is; so it still moves on the other page.
  if (bare === "__from" || bare === "__to")
    return encodeURIComponent(scope.range.words[bare === "__from" ? "from" : "to"]);
  const variable = scope.variables.find((one) => one.name === bare);
  if (variable === undefined) return builtInValue(bare, { ...scope, step: 0.001, scrape: 1 });
  if (format === "queryparam") return queryOf(bare, variable.values);
  return encodeURIComponent(variable.values.join(","));
}

function queryOf(name: string, values: readonly string[]): string {
  return values.map((value) => `var-${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
}

/** `/d/<uid>/…?…` is `/dashboards/<uid>?…` here; what only Grafana has goes to Grafana, where there is one. */
function ownAddress(url: string, grafana: string | null): string | undefined {
  const dashboard = /^\/d\/([\w-]+)(?:\/[\w-]*)?(\?.*)?$/s.exec(url);
  if (dashboard !== null) return `/dashboards/${dashboard[1]}${dashboard[2] ?? ""}`;
  if (/^\/(?:[^/\\]|$)/.test(url)) return grafana === null ? undefined : `${grafana}${url}`;
  return safeUrl(url) ?? undefined;
}
