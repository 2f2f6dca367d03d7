import { z } from "zod";
import { parseDuration } from "../../services/kit/config.ts";
import { faultCatalogue } from "../../services/kit/fault-catalogue.ts";
import { services, type ServiceName } from "../../services/topology.ts";
import { defaultTiers } from "../compiler/windows.ts";

/** Milliseconds; the services keep no fault longer. */
const LONGEST_FAULT = 3_600_000;

const names = services.map(({ name }) => name) as [ServiceName, ...ServiceName[]];
const tierNames = defaultTiers.map(({ name }) => name) as [string, ...string[]];
const slos = names.flatMap((name) => [`${name}-availability`, `${name}-latency`]) as [string, ...string[]];

const service = z.enum(names, { error: oneOf(names) });
const slo = z.enum(slos, { error: oneOf(slos) });
const text = z.string({ error: "want a text" }).min(1, { error: "want a text" });

/** A time; its output is milliseconds. */
function time(want: string, holds: (milliseconds: number) => boolean) {
  return z.string({ error: want }).transform((value, context) => {
    const milliseconds = parseDuration(value);
    if (milliseconds !== undefined && holds(milliseconds)) return milliseconds;
    context.addIssue({ code: "custom", message: `got ${JSON.stringify(value)}, ${want}` });
    return z.NEVER;
  });
}

const at = time("want a time after the beginning, such as 0s or 90s", () => true);
const lasts = time(
  "want a time above 0 and up to 1h, such as 90s or 5m; what lasts longer takes several steps",
  (milliseconds) => milliseconds > 0 && milliseconds <= LONGEST_FAULT,
);

const faultStep = z
  .strictObject({ service, fault: text, variant: text, target: text.optional(), for: lasts })
  .superRefine(({ service: of, fault, variant, target }, context) => {
    const refuse = (field: string, got: string | undefined, want: readonly string[]): void => {
      const message = `got ${JSON.stringify(got) ?? "nothing"}, ${oneOf(want)}`;
      context.addIssue({ code: "custom", path: [field], message });
    };
    const kinds = faultCatalogue.map(({ name }) => name);
    const kind = faultCatalogue.find(({ name }) => name === fault);
    if (kind === undefined) return refuse("fault", fault, kinds);
    const variants = kind.variants.map(({ name }) => name);
    if (!variants.includes(variant)) refuse("variant", variant, variants);
    const targets = kind.targeted ? neighbours(of) : [];
    if (kind.targeted && !targets.includes(target ?? "")) refuse("target", target, targets);
    if (!kind.targeted && target !== undefined) {
      const message = `got ${JSON.stringify(target)}, but ${fault} takes no target`;
      context.addIssue({ code: "custom", path: ["target"], message });
    }
  });

const loadStep = z.strictObject({
  factor: z
    .number({ error: "want a number from 0.01 to 20" })
    .refine((factor) => factor >= 0.01 && factor <= 20, { error: "want a number from 0.01 to 20" }),
  for: lasts,
});

const stepSchema = z
  .strictObject({ at, fault: faultStep.optional(), load: loadStep.optional(), off: service.optional() })
  .refine((step) => [step.fault, step.load, step.off].filter((each) => each !== undefined).length === 1, {
    error: "want exactly one of fault, load and off",
  });

/** One scenario file. All times are at real scale, in milliseconds. */
export const scenarioSchema = z.strictObject({
  title: text,
  description: text,
  /** The same seed gives the same moments. */
  seed: z.int({ error: "want a whole number" }),
  /** Each step is up to so much later. */
  jitter: time("want a time from 0s to 1m", (milliseconds) => milliseconds <= 60_000),
  /** How long the whole takes, at least until its last fault has ended. */
  lasts: time("want a time above 0, such as 10m", (milliseconds) => milliseconds > 0),
  steps: z.array(stepSchema).min(1, { error: "want at least one step" }),
  expect: z.strictObject({
    /** One of the tiers, or more, of each of these SLOs fires. */
    alerts: z.array(
      z.strictObject({ slo, tiers: z.array(z.enum(tierNames, { error: oneOf(tierNames) })).min(1) }),
    ),
    /** SLOs about which nobody must be paged. */
    quiet: z.array(slo),
  }),
});

/** A scenario, with its name: that of its file. */
export type Scenario = z.output<typeof scenarioSchema> & { readonly name: string };
export type ScenarioStep = Scenario["steps"][number];

/** What a service calls: its neighbours of the topology, and payment's fraud check, which is no service here. */
function neighbours(of: ServiceName): readonly string[] {
  if (of === "payment") return ["fraud-check"];
  return services.find(({ name }) => name === of)?.dependsOn ?? [];
}

function oneOf(want: readonly string[]): string {
  return `want ${want.length === 0 ? "another service: this one calls nobody" : `one of ${want.join(", ")}`}`;
}
