import { duration } from "../../../compiler/duration.ts";
import { rateInterval } from "../time-range.ts";
import type { TimeRange } from "../time-range.ts";
import { alternatives, escapeLiteral, isWord } from "./escape.ts";

/** A variable with the values that are chosen. */
export interface Resolved {
  readonly name: string;
  readonly values: readonly string[];
  /** Whether it can have several values, and so stands in a regular expression. */
  readonly several: boolean;
  /** Whether the values come out of the file alone, and so need no escape. */
  readonly trusted: boolean;
  /** What the file says is to be asked for instead of all values. */
  readonly raw?: string;
}

export interface Scope {
  readonly variables: readonly Resolved[];
  readonly range: TimeRange;
  /** Seconds between two points of the query. */
  readonly step: number;
  /** Seconds between two scrapes of what the query asks for. */
  readonly scrape: number;
}

const REFERENCE = /\$(\w+)|\$\{(\w+)(?::(\w+))?(?::[\w-]+)?\}|\[\[(\w+)(?::(\w+))?\]\]/g;

/**
 * Puts the variables into a query, as Grafana's Prometheus data source does.
 *
 * @param query PromQL or LogQL out of a dashboard file.
 * @throws RangeError in words, when a value would have to stand outside a string and is no plain word.
 */
export function interpolateQuery(query: string, scope: Scope): string {
  let inside = "";
  let read = 0;
  return query.replaceAll(REFERENCE, (whole: string, ...rest: unknown[]) => {
    const at = rest.findIndex((part) => typeof part === "number");
    const offset = Number(rest[at]);
    inside = quoteAt(query.slice(read, offset), inside);
    read = offset + whole.length;
    const [plain, braced, bracedFormat, bracketed, bracketedFormat] = rest as (string | undefined)[];
    const name = plain ?? braced ?? bracketed ?? "";
    const builtIn = builtInValue(name, scope);
    if (builtIn !== undefined) return builtIn;
    const variable = scope.variables.find((one) => one.name === name);
    return variable === undefined
      ? whole
      : formatted(variable, bracedFormat ?? bracketedFormat, inside !== "");
  });
}

/** `$__interval` and its kin. */
export function builtInValue(name: string, { range, step, scrape }: Scope): string | undefined {
  const seconds = Math.max(1, Math.round(range.to - range.from));
  switch (name) {
    case "__interval":
    case "__auto":
      return duration(step);
    case "__interval_ms":
      return String(step * 1000);
    case "__rate_interval":
      return duration(rateInterval(step, scrape));
    case "__range":
      return `${seconds}s`;
    case "__range_s":
      return String(seconds);
    case "__range_ms":
      return String(seconds * 1000);
    case "__from":
      return String(Math.round(range.from * 1000));
    case "__to":
      return String(Math.round(range.to * 1000));
    default:
      return undefined;
  }
}

/** Which quote is open behind `text`, when `open` was before it. */
function quoteAt(text: string, open: string): string {
  let quote = open;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (quote === "") quote = `"'\``.includes(char) ? char : "";
    else if (char === "\\" && quote !== "`") at += 1;
    else if (char === quote) quote = "";
  }
  return quote;
}

function formatted(variable: Resolved, format: string | undefined, quoted: boolean): string {
  const { name, values, several, trusted, raw } = variable;
  if (raw !== undefined) return raw;
  if (trusted && !several) return values[0] ?? "";
  if (!quoted) {
    const odd = values.find((value) => !isWord(value));
    if (odd !== undefined)
      throw new RangeError(
        `$${name} stands outside quotes, where ${JSON.stringify(odd.slice(0, 60))} would be more than a word`,
      );
    return values.join("|");
  }
  switch (format ?? "") {
    case "pipe":
      return values.map(escapeLiteral).join("|");
    case "csv":
    case "raw":
    case "text":
      return values.map(escapeLiteral).join(",");
    case "regex":
      return alternatives(values);
    default:
      return several ? alternatives(values) : escapeLiteral(values[0] ?? "");
  }
}

/** Puts the variables into a title or a text, as they are. */
export function interpolateText(text: string, scope: Scope): string {
  return text.replaceAll(
    REFERENCE,
    (whole: string, ...[plain, braced, , bracketed]: (string | undefined)[]) => {
      const name = plain ?? braced ?? bracketed ?? "";
      const values = scope.variables.find((one) => one.name === name)?.values;
      return values?.join(", ") ?? builtInValue(name, scope) ?? whole;
    },
  );
}
