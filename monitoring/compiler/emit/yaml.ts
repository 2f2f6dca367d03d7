/**
 * A writer for the few shapes of YAML that we emit: maps, lists, numbers and text. Its form never depends on a
 * library's version, long PromQL keeps its lines, and a thousand SLOs take milliseconds.
 */
export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

/**
 * Prints a value as YAML.
 *
 * @param value maps print their keys in insertion order; keys whose value is undefined are left out.
 * @returns lines that each end in a newline.
 */
export function printYaml(value: Yaml): string {
  const lines: string[] = [];
  printBlock(value, "", lines);
  return lines.join("\n") + "\n";
}

function printBlock(value: Yaml, margin: string, lines: string[]): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly Yaml[]) {
      const start = lines.length;
      printBlock(item, `${margin}  `, lines);
      lines[start] = `${margin}- ${(lines[start] ?? "").slice(margin.length + 2)}`;
    }
    return;
  }
  if (typeof value === "object") {
    for (const [key, item] of Object.entries(value))
      if (item !== undefined) printEntry(key, item, margin, lines);
    return;
  }
  lines.push(margin + scalar(value, `${margin}  `));
}

function printEntry(key: string, value: Yaml, margin: string, lines: string[]): void {
  const name = margin + (key.includes("\n") ? JSON.stringify(key) : scalar(key, ""));
  if (typeof value !== "object") lines.push(`${name}: ${scalar(value, `${margin}  `)}`);
  else if (Object.keys(value).length === 0) lines.push(`${name}: ${Array.isArray(value) ? "[]" : "{}"}`);
  else {
    lines.push(`${name}:`);
    printBlock(value, `${margin}  `, lines);
  }
}

/** Durations begin with a digit and are text all the same. */
const durationText = /^(?:\d+(?:ms|[smhd]))+$/;

/** Words that YAML 1.1 or 1.2 takes for something else than text. */
const reserved = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/i;

function scalar(value: string | number | boolean, margin: string): string {
  if (typeof value !== "string") return String(value);
  if (/^[^\n\S]|[^\P{Cc}\n]|\n$|[\u2028\u2029\ufeff]/u.test(value)) return JSON.stringify(value);
  if (value.includes("\n")) return `|-\n${value.replaceAll(/^(?=.)/gm, margin)}`;
  if (durationText.test(value)) return value;
  if (/^[A-Za-z]/.test(value) && !/: |\s#|[\s:]$/.test(value) && !reserved.test(value)) return value;
  return `'${value.replaceAll("'", "''")}'`;
}
