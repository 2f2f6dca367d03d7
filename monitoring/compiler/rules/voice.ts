/**
 * How an annotation says a number. The rules speak in Go templates, which Prometheus fills in when an alert fires; the
 * rule tests expect the same sentences with the numbers in them.
 */

/** Percent of a share, a burn rate, a length of time in seconds (or that none is left), a moment in milliseconds. */
type Format = "percent" | "rate" | "timeLeft" | "milliseconds";

export interface Voice {
  /** Says the value of the alert's own expression. */
  value(format: Format): string;
  /** Says the first value of a query, or `unknown` when it gives none. */
  query(promql: string, format: Format): string;
}

const unknown = "unknown";
const nothingLeft = "none is left";

const filters: Readonly<Record<Exclude<Format, "timeLeft">, string>> = {
  percent: "humanizePercentage",
  rate: `printf "%.1f"`,
  milliseconds: `printf "%.0f"`,
};

/** Speaks Prometheus' templates. */
export const templates: Voice = {
  value: (format) => said("$value", format),
  query: (promql, format) =>
    `{{ with query \`${promql}\` }}${said(". | first | value", format)}{{ else }}${unknown}{{ end }}`,
};

function said(value: string, format: Format): string {
  if (format !== "timeLeft") return `{{ ${value} | ${filters[format]} }}`;
  return `{{ $left := ${value} }}{{ if gt $left 0.0 }}{{ $left | humanizeDuration }}{{ else }}${nothingLeft}{{ end }}`;
}

/**
 * Speaks with the numbers in place, as Prometheus would.
 *
 * @param value the alert's value.
 * @param ask gives a query's value; undefined when there is none.
 */
export function spoken(value: number, ask: (promql: string) => number | undefined): Voice {
  return {
    value: (format) => text(value, format),
    query: (promql, format) => {
      const answer = ask(promql);
      return answer === undefined ? unknown : text(answer, format);
    },
  };
}

function text(value: number, format: Format): string {
  if (format === "percent") return `${Number((value * 100).toPrecision(4))}%`;
  if (format === "rate") return value.toFixed(1);
  if (format === "milliseconds") return value.toFixed(0);
  return value > 0 ? humanDuration(value) : nothingLeft;
}

/** Prometheus' humanizeDuration for a minute or more. */
function humanDuration(seconds: number): string {
  const whole = Math.floor(seconds);
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor(whole / 3600) % 24;
  const minutes = Math.floor(whole / 60) % 60;
  const parts = [`${days}d`, `${hours}h`, `${minutes}m`, `${whole % 60}s`];
  const first = [days, hours, minutes].findIndex((count) => count > 0);
  return parts.slice(first === -1 ? 3 : first).join(" ");
}
