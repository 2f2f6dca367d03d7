import type { Context } from "hono";
import type { z } from "zod";
import { HttpProblem } from "./errors.ts";
import type { FieldProblem } from "./errors.ts";
import { CLOSE, discard } from "./unread-body.ts";

/** What a route that reads a body may answer besides its own statuses. */
export const BODY_REFUSALS = [400, 413, 415] as const;

/** A body can have thousands of problems; nobody reads more than these. */
const MAX_FIELDS = 20;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/**
 * Reads and checks a JSON body.
 *
 * @param schema a strict object schema: unknown fields are refused.
 * @param limit bytes; enforced for bodies that do not announce their length, too.
 * @throws HttpProblem 415 for another content type, 413 above the limit, 400 for text that is not JSON or does
 *   not fit the schema; the last names each field.
 */
export async function readBody<S extends z.ZodType>(
  c: Context,
  schema: S,
  limit: number,
): Promise<z.output<S>> {
  const type = c.req.header("content-type") ?? "";
  if (!JSON_TYPE.test(type)) {
    const got = type === "" ? "no content type" : JSON.stringify(type.slice(0, 100));
    throw new HttpProblem(415, "unsupported-media-type", `got ${got}, want application/json`);
  }
  return check(parseJson(await readText(c, limit)), schema, "body");
}

/**
 * Reads and checks the query string. Of a parameter that is given twice the first counts.
 *
 * @throws HttpProblem 400 that names each parameter.
 */
export function readQuery<S extends z.ZodType>(c: Context, schema: S): z.output<S> {
  return check(c.req.query(), schema, "query string");
}

function check<S extends z.ZodType>(value: unknown, schema: S, where: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.flatMap((issue) => fieldProblems(issue, where)).slice(0, MAX_FIELDS);
  const names = fields.map((field) => field.path).join(", ");
  throw new HttpProblem(400, "invalid-request", `the ${where} does not fit: ${names}`, { fields });
}

function fieldProblems(issue: z.core.$ZodIssue, where: string): FieldProblem[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ path: pathText(issue.path) || where, message: issue.message }];
  }
  return issue.keys.map((key) => ({
    path: pathText([...issue.path, key.slice(0, 100)]),
    message: "unknown field",
  }));
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HttpProblem(400, "malformed-json", "the body is not JSON", { cause: error });
  }
}

async function readText(c: Context, limit: number): Promise<string> {
  const announced = c.req.header("content-length");
  if (announced !== undefined && Number(announced) > limit) throw tooLarge(limit);
  try {
    // Node never hands out more than the announced length; only a body without one has to be counted.
    return await (announced === undefined ? readCounted(c.req.raw.body, limit) : c.req.text());
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    // The client went away in the middle: its doing, and not to be counted against the service.
    throw new HttpProblem(400, "incomplete-body", "the body ended before it was complete", { cause: error });
  }
}

async function readCounted(stream: ReadableStream<Uint8Array> | null, limit: number): Promise<string> {
  if (stream === null) return "";
  // Not `for await`: leaving it would cancel the stream, and what is left of it could not be read any more.
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let read = await reader.read(); read.value !== undefined; read = await reader.read()) {
    size += read.value.length;
    if (size > limit) throw tooLarge(limit, await discard(reader));
    chunks.push(read.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(limit: number, atItsEnd = true): HttpProblem {
  const detail = `the body has more than ${limit} bytes`;
  return new HttpProblem(413, "body-too-large", detail, atItsEnd ? {} : { headers: CLOSE });
}
