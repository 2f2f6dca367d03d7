import { z } from "zod";
import { DataSourceError } from "./ask.ts";
import type { Labels } from "./frame.ts";
import type { Api, Grid } from "./prometheus.ts";

export interface LogLine {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly line: string;
  /** The stream's labels, and the line's structured metadata. */
  readonly labels: Labels;
}

const labels = z.record(z.string(), z.string());
const streamsSchema = z.object({
  data: z.object({
    resultType: z.literal("streams"),
    result: z.array(
      z.object({
        stream: labels,
        // Nanoseconds, the line, and in Loki 3 its structured metadata.
        values: z.array(z.tuple([z.string().regex(/^\d{6,}$/), z.string()]).rest(z.unknown())),
      }),
    ),
  }),
});
const metadataSchema = z.object({ structuredMetadata: labels.optional() });

/**
 * The newest lines of a range.
 *
 * @param query LogQL without a metric around it.
 * @param limit how many lines.
 * @throws DataSourceError
 */
export async function queryLogs(
  { ask, root }: Api,
  query: string,
  { start, end }: Pick<Grid, "start" | "end">,
  limit: number,
): Promise<LogLine[]> {
  const form = { query, start: String(start), end: String(end), limit: String(limit), direction: "backward" };
  const parsed = streamsSchema.safeParse(await ask(`${root}/query_range`, form));
  if (!parsed.success)
    throw new DataSourceError(
      "Loki answered with something else than log lines: is the query one for lines?",
    );
  return parsed.data.data.result
    .flatMap(({ stream, values }) =>
      values.map(([time, line, more]) => ({
        // The last six digits of nanoseconds are cut as text: the number would be too long for a double.
        time: Number(time.slice(0, -6)),
        line,
        labels: { ...stream, ...metadataSchema.safeParse(more).data?.structuredMetadata },
      })),
    )
    .toSorted((a, b) => b.time - a.time)
    .slice(0, limit);
}
