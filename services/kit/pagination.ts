import { z } from "zod";

/** The query string of every list endpoint: `?limit=20&offset=0`. */
export const pageSchema = z.strictObject({
  limit: whole("1 to 100", 1, 100).default(20),
  offset: whole("0 to 1000000", 0, 1_000_000).default(0),
});

function whole(range: string, min: number, max: number) {
  const error = (issue: { input?: unknown }): string =>
    `got "${String(issue.input)}", want a whole number from ${range}`;
  return z
    .string()
    .regex(/^\d{1,7}$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error });
}
