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
  return block(value, margin, margin);
}

/** Prints text of one line as a value behind a key or a dash. */
export function printScalar(text: string): string {
  return scalar(text, "");
}

/**
 * @param first what begins the first line: the margin, or the dashes of the lists that the value is the first item of.
 * @param margin what begins every other line.
 */
function block(value: Yaml, first: string, margin: string): string {
  if (typeof value !== "object") return `${first}${scalar(value, margin)}\n`;
  let text = "";
  let begin = first;
  if (Array.isArray(value)) {
    for (const item of value as readonly Yaml[]) {
      text += block(item, `${begin}- `, `${margin}  `);
      begin = margin;
    }
    return text;
  }
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    text += entry(key, item, begin, margin);
    begin = margin;
  }
  return text;
}

function entry(key: string, value: Yaml, begin: string, margin: string): string {
  const name = begin + (key.includes("\n") ? JSON.stringify(key) : scalar(key, ""));
  const inner = `${margin}  `;
  if (typeof value !== "object") return `${name}: ${scalar(value, inner)}\n`;
  if (Array.isArray(value))
    return value.length === 0 ? `${name}: []\n` : `${name}:\n${block(value, inner, inner)}`;
  const text = block(value, inner, inner);
  return text === "" ? `${name}: {}\n` : `${name}:\n${text}`;
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
