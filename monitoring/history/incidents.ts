/** The truth about a past: what went wrong in it, and when. Alert policies are judged against it. */
import { z } from "zod";

const moment = z.iso.datetime({
  error: "want a moment in UTC as ISO 8601 writes it, such as 2026-11-28T12:00:00Z",
});

const incidentSchema = z
  .strictObject({
    /** Lower-case words joined by hyphens; unlike the others of the file. */
    name: z.string().regex(/^[a-z][a-z0-9-]*$/, "want lower-case letters, digits and hyphens"),
    service: z.string().min(1, "want the name of a service"),
    /** What it looked like from outside. */
    kind: z.enum(["errors", "latency", "outage", "dependency"]),
    start: moment,
    end: moment,
    /** Of the events of the named SLIs between start and end: the share that was bad because of it. */
    share: z.number().gt(0, "want a share above 0").max(1, "want a share of at most 1"),
    sli: z.array(z.string().min(1)).min(1, "want at least one SLI"),
    description: z.string(),
  })
  .refine(({ start, end }) => Date.parse(start) < Date.parse(end), {
    path: ["end"],
    message: "want an end after the start",
  });

/** What `incidents.json` holds. Moments are ISO 8601 in UTC; shares are from 0 to 1. */
export const incidentsFileSchema = z
  .strictObject({
    /** What the past was drawn from. */
    seed: z.int(),
    from: moment,
    to: moment,
    /** How many times faster than usual time passes in it: 30 days are 30 days / time_scale. */
    time_scale: z.number().min(1, "want a time scale of at least 1"),
    incidents: z.array(incidentSchema),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    path: ["to"],
    message: "want an end after the start",
  });

export type IncidentsFile = z.output<typeof incidentsFileSchema>;

/** One incident of the past. */
export type PastIncident = IncidentsFile["incidents"][number];

/** Raised when `incidents.json` cannot be used. The message names the file, each place, and what to do. */
export class IncidentsError extends Error {
  override readonly name = "IncidentsError";
  readonly code = "BAD_INCIDENTS";
}

/**
 * Reads the text of an `incidents.json`.
 *
 * @param text JSON.
 * @param file its path, for messages.
 * @throws IncidentsError with one line a problem.
 */
export function parseIncidents(text: string, file: string): IncidentsFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new IncidentsError(`${file}: ${(error as Error).message}. ${remedy}`, { cause: error });
  }
  const parsed = incidentsFileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `${file}: ${path.join(".")}: ${message}`);
  throw new IncidentsError([...lines, remedy].join("\n"));
}

const remedy = "monitoring/history/README.md says how the file is written.";
