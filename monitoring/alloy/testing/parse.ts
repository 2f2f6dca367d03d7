/**
 * A reader for Alloy's configuration language, as far as config.alloy uses it: blocks, attributes, strings, lists, maps
 * and references. Alloy itself cannot be had everywhere; `alloy validate` has the last word where it can.
 */

/** A component or a block inside one. */
export interface Block {
  /** `loki.write`, `stage.json`, `rule`. */
  readonly name: string;
  /** What the block is called by others; blocks inside have none. */
  readonly label: string | undefined;
  readonly attributes: ReadonlyMap<string, Value>;
  readonly blocks: readonly Block[];
}
export type Value = string | Reference | readonly Value[] | ReadonlyMap<string, Value>;

/** Another component's export: `loki.write.loki.receiver`. */
interface Reference {
  readonly reference: string;
}

/**
 * Reads a whole file.
 *
 * @throws SyntaxError with the line, what was got and what is wanted.
 */
export function parseAlloy(source: string): Block[] {
  const tokens = tokenize(source);
  let at = 0;
  const peek = (): Token => tokens[at] ?? { kind: "end", text: "the end", line: tokens.at(-1)?.line ?? 1 };
  const take = (want: string, ...kinds: readonly string[]): Token => {
    const token = peek();
    if (!kinds.includes(token.kind)) {
      throw new SyntaxError(`line ${token.line}: got ${token.text}, want ${want}`);
    }
    at += 1;
    return token;
  };
  const skipLines = (): void => {
    while (peek().kind === "newline") at += 1;
  };

  return body("end").blocks as Block[];

  function body(closing: "}" | "end"): Pick<Block, "attributes" | "blocks"> {
    const attributes = new Map<string, Value>();
    const blocks: Block[] = [];
    for (skipLines(); peek().kind !== closing; skipLines()) {
      const name = take("a name", "name").text;
      if (peek().kind === "=") {
        take("=", "=");
        if (attributes.has(name)) throw new SyntaxError(`${name} is set twice`);
        attributes.set(name, value());
      } else {
        const label =
          peek().kind === "string" ? (JSON.parse(take("a label", "string").text) as string) : undefined;
        take("{", "{");
        blocks.push({ name, label, ...body("}") });
        take("}", "}");
      }
      if (peek().kind !== closing) take("a new line", "newline");
    }
    return { attributes, blocks };
  }

  function value(): Value {
    const token = take("a value", "string", "name", "[", "{");
    if (token.kind === "string") return JSON.parse(token.text) as string;
    if (token.kind === "name") return { reference: token.text };
    const items: [string, Value][] = [];
    const closing = token.kind === "[" ? "]" : "}";
    for (skipLines(); peek().kind !== closing; skipLines()) {
      const key = closing === "}" ? take("a key", "name", "string") : undefined;
      if (key !== undefined) take("=", "=");
      items.push([key?.kind === "string" ? (JSON.parse(key.text) as string) : (key?.text ?? ""), value()]);
      if (peek().kind !== closing) take(`, or ${closing}`, ",");
    }
    take(closing, closing);
    return closing === "}" ? new Map(items) : items.map(([, item]) => item);
  }
}

interface Token {
  readonly kind: string;
  readonly text: string;
  readonly line: number;
}

const TOKEN = /\/\/.*|[ \t]+|(\n)|("(?:[^"\\\n]|\\.)*")|([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|([=,{}[\]])|(.)/gy;

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const [, newline, string, name, sign, other] of source.matchAll(TOKEN)) {
    if (other !== undefined) throw new SyntaxError(`line ${line}: got ${other}, want Alloy's language`);
    if (newline !== undefined) tokens.push({ kind: "newline", text: "a new line", line: line++ });
    if (string !== undefined) tokens.push({ kind: "string", text: string, line });
    if (name !== undefined) tokens.push({ kind: "name", text: name, line });
    if (sign !== undefined) tokens.push({ kind: sign, text: sign, line });
  }
  return tokens;
}
