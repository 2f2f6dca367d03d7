/** Colours by meaning, from Grafana's palette by name: a theme may change the shade and not the meaning. */
import type { DynamicConfigValue } from "@grafana/grafana-foundation-sdk/dashboard";

export const colour = {
  good: "green",
  notice: "yellow",
  ticket: "orange",
  page: "red",
  /** Neither good nor bad. */
  plain: "blue",
  quiet: "text",
} as const;

/** The same service has the same colour on every graph. */
const palette = ["blue", "orange", "purple", "dark-green", "semi-dark-yellow", "light-blue"] as const;

/** What an override does to the fields that it matches by name. */
export interface Override {
  /** A name, or a regular expression between slashes. */
  readonly name: string;
  readonly properties: readonly DynamicConfigValue[];
}

/**
 * Gives each series that begins with a service's name that service's colour; latency's line is dashed, so that the
 * two SLOs of a service can be told apart.
 */
export function serviceColours(services: readonly string[]): Override[] {
  const coloured = services.map((service, index) =>
    paint(`/^${service}\\b/`, palette[index % palette.length] ?? palette[0]),
  );
  return [...coloured, dashed("/-latency$/")];
}

/** One colour for the fields of a name. */
export function paint(name: string, fixedColor: string): Override {
  return { name, properties: [{ id: "color", value: { mode: "fixed", fixedColor } }] };
}

/** A dashed line for the fields of a name. */
export function dashed(name: string): Override {
  return { name, properties: [{ id: "custom.lineStyle", value: { fill: "dash", dash: [6, 4] } }] };
}
