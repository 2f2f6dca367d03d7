/** A policy of the user's own, from a YAML (or JSON) file. */
import { parse } from "yaml";
import { z } from "zod";
import { exact } from "../../compiler/decimal.ts";
import { duration as printed } from "../../compiler/duration.ts";
import { parseDuration } from "../../compiler/openslo/convert/duration.ts";
import { BacktestError } from "../errors.ts";
import { budgetOf, thresholdOf } from "./policy.ts";
import type { Policy, WindowAbove } from "./policy.ts";

const duration = z.string({ error: "want a duration such as 5m, 1h or 3d" }).transform((text, context) => {
  const seconds = parseDuration(text)?.seconds ?? 0;
  if (seconds > 0) return seconds;
  context.addIssue({
    code: "custom",
    message: `got ${JSON.stringify(text)}, want a duration such as 5m, 1h or 3d`,
  });
  return z.NEVER;
});
const share = z
  .number({ error: "want a share above 0 and below 1" })
  .gt(0, "want a share above 0 and below 1")
  .lt(1, "want a share above 0 and below 1");
const name = z
  .string({ error: "want a name" })
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/i, "want letters, digits, hyphens; at most 63");

const alertSchema = z
  .strictObject({
    name,
    severity: z.enum(["page", "ticket"], { error: "want page or ticket" }),
    /** The window that decides; with `short`, both must be above. */
    long: duration,
    short: duration.optional(),
    /** Exactly one of three: a burn rate, the share of the budget that is gone when it fires, or a share of events. */
    factor: z.number({ error: "want a burn rate above 0" }).gt(0, "want a burn rate above 0").optional(),
    budgetShare: share.optional(),
    errors: share.optional(),
    for: duration.optional(),
    minimumEvents: z.number().min(0, "want 0 or more").optional(),
  })
  .superRefine(({ factor, budgetShare, errors, long, short }, context) => {
    const given = [factor, budgetShare, errors].filter((one) => one !== undefined).length;
    if (given !== 1)
      context.addIssue({ code: "custom", message: "want exactly one of factor, budgetShare and errors" });
    if (short !== undefined && short >= long)
      context.addIssue({ code: "custom", path: ["short"], message: "want a window shorter than long" });
  });

const policySchema = z.strictObject({
  name,
  summary: z.string().max(200, "want at most 200 characters").optional(),
  alerts: z
    .array(alertSchema, { error: "want a list of alerts" })
    .min(1, "want at least one alert")
    .max(20, "want at most 20 alerts"),
});

/**
 * Reads a policy file.
 *
 * @param text YAML; JSON is YAML.
 * @param file its path, for messages.
 * @throws BacktestError with one line a problem.
 */
export function parsePolicy(text: string, file: string): Policy {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new BacktestError(`${file}: ${(error as Error).message.split("\n")[0]}`, { cause: error });
  }
  const parsed = policySchema.safeParse(content);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => {
      const place = path.length === 0 ? "" : `${path.join(".")}: `;
      return `${file}: ${place}${message}`;
    });
    throw new BacktestError(
      `${lines.join("\n")}\nmonitoring/backtest/README.md says how a policy is written.`,
    );
  }
  const { alerts, ...policy } = parsed.data;
  const twice = alerts.find(({ name }, index) => alerts.findIndex((one) => one.name === name) !== index);
  if (twice !== undefined)
    throw new BacktestError(`${file}: two alerts are called ${twice.name}; name each once`);
  return {
    name: policy.name,
    summary: policy.summary ?? `the policy of ${file}`,
    alertsFor: (slo) =>
      alerts.map(({ name, severity, long, short, errors, minimumEvents = 0, ...alert }) => {
        const factor = alert.factor ?? exact(((alert.budgetShare ?? 0) * slo.window.seconds) / long);
        const above = errors ?? thresholdOf(slo, factor);
        if (above >= 1) {
          throw new BacktestError(
            `${file}: alert ${name} can never fire for ${slo.name}: a burn rate of ${factor} of a budget of ` +
              `${exact(100 * budgetOf(slo))} % is more than every event. Lower factor or budgetShare`,
          );
        }
        if (long > slo.window.seconds) {
          throw new BacktestError(
            `${file}: alert ${name} looks back ${printed(long)}, longer than the window of ${slo.name}, ` +
              `${printed(slo.window.seconds)}. Shorten long`,
          );
        }
        const windows: WindowAbove[] = [long, ...(short === undefined ? [] : [short])].map((seconds) => ({
          seconds,
          above,
        }));
        return { name, severity, anyOf: [{ windows, minimumEvents }], forSeconds: alert.for ?? 0 };
      }),
  };
}
