import { z } from "zod";

/** One line of a program's log, and whose it is. */
export interface LogLine {
  readonly service: string;
  readonly line: string;
  /** When it was read, in milliseconds since 1970; for lines that do not say when they were written. */
  readonly readAt: number;
}

const lineSchema = z.object({
  level: z.string().optional(),
  time: z.iso.datetime().optional(),
  trace_id: z.string().optional(),
  request_id: z.string().optional(),
});

/** One entry of a stream: nanoseconds since 1970 as text, the line, and what goes with it but is no label. */
type Entry = readonly [time: string, line: string, metadata: Readonly<Record<string, string>>];

/** The body of Loki's `POST /loki/api/v1/push`. */
export interface PushBody {
  readonly streams: readonly {
    readonly stream: Readonly<Record<string, string>>;
    readonly values: readonly Entry[];
  }[];
}

/**
 * Says the same of each line as `monitoring/alloy/config.alloy` does: labels `service` and `level`, structured metadata
 * `trace_id` and `request_id`. A line that is not JSON goes through as it is, without a level.
 */
export function pushBody(lines: readonly LogLine[]): PushBody {
  const streams = new Map<string, { stream: Record<string, string>; values: Entry[] }>();
  for (const { service, line, readAt } of lines) {
    const { level, time, ...metadata } = fieldsOf(line);
    const stream: Record<string, string> = level === undefined ? { service } : { service, level };
    const key = JSON.stringify(stream);
    const found = streams.get(key) ?? { stream, values: [] };
    streams.set(key, found);
    const milliseconds = time === undefined ? readAt : Date.parse(time);
    found.values.push([`${milliseconds}000000`, line, defined(metadata)]);
  }
  return { streams: [...streams.values()] };
}

function fieldsOf(line: string): z.output<typeof lineSchema> {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? {};
  } catch {
    return {};
  }
}

function defined(metadata: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metadata).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
