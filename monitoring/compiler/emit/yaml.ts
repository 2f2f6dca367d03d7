/**
 * A writer for the few shapes of YAML that we emit: maps, lists, numbers and text. Its form never depends on a
 * library's version, long PromQL keeps its lines, and a thousand SLOs take milliseconds.
 */
export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

/**
 * Prints a value as YAML.
 *
 * @param value maps print their keys in insertion order; keys whose value is undefined are left out.
 * @param margin begins every line.
 * @returns lines that each end in a newline.
 */
export function printYaml(value: Yaml, margin = ""): string {
  const lines: string[] = [];
  block(value, margin, margin, lines);
  // Joined, not added up: a text that was added up keeps each of its pieces alive for as long as it is not read.
  return lines.join("");
}

/** Prints text of one line as a value behind a key or a dash. */
export function printScalar(text: string): string {
  return scalar(text, "");
}

/**
 * @param first what begins the first line: the margin, or the dashes of the lists that the value is the first item of.
 * @param margin what begins every other line.
 * @param lines takes the text.
 */
function block(value: Yaml, first: string, margin: string, lines: string[]): void {
  if (typeof value !== "object") {
    lines.push(first, scalar(value, margin), "\n");
    return;
  }
  let begin = first;
  if (Array.isArray(value)) {
    for (const item of value as readonly Yaml[]) {
      block(item, `${begin}- `, `${margin}  `, lines);
      begin = margin;
    }
    return;
  }
  const map = value as Readonly<Record<string, Yaml | undefined>>;
  for (const key of Object.keys(map)) {
    const item = map[key];
    if (item === undefined) continue;
    entry(key, item, begin, margin, lines);
    begin = margin;
  }
}

function entry(key: string, value: Yaml, begin: string, margin: string, lines: string[]): void {
  const inner = `${margin}  `;
  lines.push(begin, keyText(key));
  if (typeof value !== "object") lines.push(": ", scalar(value, inner), "\n");
  else if (isEmpty(value)) lines.push(Array.isArray(value) ? ": []\n" : ": {}\n");
  else {
    lines.push(":\n");
    block(value, inner, inner, lines);
  }
}

/** The same few keys are printed a million times. */
const keys = new Map<string, string>();
const mostKeys = 10_000;

function keyText(key: string): string {
  let text = keys.get(key);
  if (text === undefined) {
    text = key.includes("\n") ? JSON.stringify(key) : scalar(key, "");
    if (keys.size < mostKeys) keys.set(key, text);
  }
  return text;
}

function isEmpty(value: object): boolean {
  return Object.values(value).every((item) => item === undefined);
}

/**
 * One line of plain ASCII that needs no quotes, as nearly everything is: it begins with a letter, and holds no colon
 * before a space, no space before a hash, and neither at its end. One pass, because a thousand SLOs print millions.
 */
const plainLine = /^[A-Za-z](?:[!-9;-~]|:(?=[!-~])| (?=[ -"$-~]))*(?<! )$/;
/** Durations begin with a digit and are text all the same. */
const durationText = /^(?:\d+(?:ms|[smhd]))+$/;
const asciiLine = /^[!-~][ -~]*$/;
/** Words that YAML 1.1 or 1.2 takes for something else than text; none is longer than `false`. */
const reserved = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/i;
const longestReserved = 5;

function scalar(value: string | number | boolean, margin: string): string {
  if (typeof value !== "string") return String(value);
  if (plainLine.test(value)) {
    return value.length <= longestReserved && reserved.test(value) ? `'${value}'` : value;
  }
  if (!asciiLine.test(value)) {
    if (/^[^\n\S]|[^\P{Cc}\n]|\n$|[\u2028\u2029\ufeff]/u.test(value)) return JSON.stringify(value);
    if (value.includes("\n")) return `|-\n${value.replaceAll(/^(?=.)/gm, margin)}`;
    if (isPlain(value)) return value;
  }
  if (durationText.test(value)) return value;
  return value.includes("'") ? `'${value.replaceAll("'", "''")}'` : `'${value}'`;
}

/** Whether a line with letters beyond ASCII needs no quotes. */
function isPlain(line: string): boolean {
  if (!/^[A-Za-z]/.test(line) || line.includes(": ") || /\s#/.test(line)) return false;
  return !line.endsWith(":") && !/\s$/.test(line);
}
