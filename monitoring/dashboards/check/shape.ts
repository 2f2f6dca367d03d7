import { z } from "zod";

const reference = z.object({ type: z.string(), uid: z.string() });
const target = z.object({
  refId: z.string(),
  datasource: reference.optional(),
  expr: z.string().default(""),
  instant: z.boolean().default(false),
  interval: z.string().optional(),
  legendFormat: z.string().optional(),
});
const override = z.object({
  matcher: z.object({ id: z.string(), options: z.unknown() }),
  properties: z.array(z.object({ id: z.string(), value: z.unknown() })),
});
const panel = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string().default(""),
  description: z.string().default(""),
  datasource: reference.optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z.array(target).default([]),
  transformations: z.array(z.object({ id: z.string() })).default([]),
  options: z.object({ reduceOptions: z.object({ calcs: z.array(z.string()) }).optional() }).default({}),
  fieldConfig: z
    .object({
      defaults: z.object({ unit: z.string().optional() }).default({}),
      overrides: z.array(override).default([]),
    })
    .default({ defaults: {}, overrides: [] }),
});
const variable = z.object({
  name: z.string(),
  type: z.string(),
  query: z.unknown(),
  definition: z.string().optional(),
  includeAll: z.boolean().default(false),
  allValue: z.string().optional(),
  current: z.object({ value: z.string() }),
});
const annotation = z.object({ name: z.string(), expr: z.string(), datasource: reference });

/** A dashboard's JSON, as far as the checks read it. */
export const dashboardSchema = z.object({
  uid: z.string(),
  title: z.string(),
  time: z.object({ from: z.string(), to: z.string() }),
  templating: z.object({ list: z.array(variable).default([]) }),
  annotations: z.object({ list: z.array(annotation) }),
  panels: z.array(panel),
});

export type Dashboard = z.output<typeof dashboardSchema>;
export type Panel = z.output<typeof panel>;
export type Target = z.output<typeof target>;
