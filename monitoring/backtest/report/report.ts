import { z } from "zod";

const moment = z.string();
const share = z.number();
const seconds = z.number();

const detectingAlertSchema = z.object({
  slo: z.string(),
  alert: z.string(),
  /** From the incident's start. */
  afterSeconds: seconds,
  budgetSpent: share.nullable(),
});

/** What a backtest found: `--json` prints it, the console draws it. Moments are ISO 8601 in UTC, shares 0 to 1. */
export const reportSchema = z.object({
  from: moment,
  to: moment,
  stepSeconds: seconds,
  timeScale: z.number(),
  policies: z.array(z.object({ name: z.string(), summary: z.string() })),
  slos: z.array(
    z.object({
      service: z.string(),
      slo: z.string(),
      sli: z.string(),
      target: share,
      /** Events in the range; those of steps without data are not known and not among them. */
      bad: z.number(),
      total: z.number(),
      /** When its data begins; null without any. */
      dataFrom: moment.nullable(),
    }),
  ),
  firings: z.array(
    z.object({
      policy: z.string(),
      service: z.string(),
      slo: z.string(),
      sli: z.string(),
      alert: z.string(),
      severity: z.enum(["page", "ticket"]),
      start: moment,
      /** null: it still fires at the end of the range. */
      end: moment.nullable(),
      seconds,
      /** It held at the first evaluation, so it may have begun earlier. */
      sinceBefore: z.boolean(),
      /** The share of a period's budget that went within the alert's longest window before it fired. */
      budgetSpent: share,
      /** The incident that it belongs to. */
      incident: z.string().nullable(),
    }),
  ),
  incidents: z.array(
    z.object({
      name: z.string(),
      service: z.string(),
      sli: z.array(z.string()),
      kind: z.string(),
      description: z.string(),
      start: moment,
      end: moment,
      /** How fast its budget burned meanwhile; up to 1 it harmed too little for anybody to be told. */
      burnRate: z.number(),
    }),
  ),
  /** Empty without known incidents, as are the qualities. */
  detections: z.array(
    z.object({
      policy: z.string(),
      incident: z.string(),
      page: detectingAlertSchema.nullable(),
      ticket: detectingAlertSchema.nullable(),
      resetSeconds: seconds.nullable(),
    }),
  ),
  qualities: z.array(
    z.object({
      policy: z.string(),
      pages: z.number(),
      falsePages: z.number(),
      falseSeconds: seconds,
      precision: share.nullable(),
      recall: share.nullable(),
      found: z.number(),
      paged: z.number(),
      detectionSeconds: seconds.nullable(),
      resetSeconds: seconds.nullable(),
      budgetSpent: share.nullable(),
      tickets: z.number(),
      ticketsApart: z.number(),
    }),
  ),
  /** What a reader has to know, in sentences. */
  notes: z.array(z.string()),
  /** `windowBytes` is the memory of one SLO's windows, which does not grow with the range. */
  cost: z.object({ seconds, requests: z.number(), points: z.number(), windowBytes: z.number() }),
});

export type BacktestReport = z.output<typeof reportSchema>;
export type ReportedFiring = BacktestReport["firings"][number];

/** Incidents that harmed enough to be asked for: those that burned the budget faster than it grows. */
export function significant({ incidents }: BacktestReport): BacktestReport["incidents"] {
  return incidents.filter(({ burnRate }) => burnRate > 1);
}
