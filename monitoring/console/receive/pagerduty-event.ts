/**
 * An event of PagerDuty's Events API v2. Fields and limits as in PagerDuty's developer documentation (events-API-v2:
 * overview, trigger events) and its OpenAPI description (api-schema, reference/events-v2). Unknown fields pass, as
 * they do at PagerDuty, and stay in the raw payload.
 */
import { z } from "zod";

const link = z.looseObject({ href: required("links.href"), text: optional("links.text") });
const image = z.looseObject({
  src: required("images.src"),
  href: optional("images.href"),
  alt: optional("images.alt"),
});

const payloadSchema = z.looseObject(
  {
    summary: required("payload.summary", 1024),
    source: required("payload.source"),
    severity: oneOf("payload.severity", ["critical", "warning", "error", "info"]),
    timestamp: optional("payload.timestamp"),
    component: optional("payload.component"),
    group: optional("payload.group"),
    class: optional("payload.class"),
    custom_details: z.unknown().optional(),
  },
  { error: "'payload' must be an object" },
);

const eventSchema = z.looseObject({
  routing_key: required("routing_key").refine(isKey, {
    error: "Length of 'routing_key' is incorrect (should be 32 characters)",
  }),
  event_action: oneOf("event_action", ["trigger", "acknowledge", "resolve"]),
  dedup_key: optional("dedup_key", 255),
  client: optional("client"),
  client_url: optional("client_url"),
  links: z.array(link, { error: "'links' must be an array" }).nullish(),
  images: z.array(image, { error: "'images' must be an array" }).nullish(),
  payload: z.unknown().optional(),
});

/** An event with its payload checked; only a trigger must have one, and the others must name what they are about. */
export const pagerDutyEventSchema = eventSchema.transform((event, context) => {
  const refuse = (message: string): void => context.addIssue({ code: "custom", message });
  const trigger = event.event_action === "trigger";
  const payload = payloadSchema.safeParse(event.payload ?? {});
  if (trigger) payload.error?.issues.forEach((issue) => refuse(issue.message));
  else if (isBlank(event.dedup_key)) refuse("'dedup_key' is missing or blank");
  return { ...event, payload: payload.data };
});
export type PagerDutyEvent = z.infer<typeof pagerDutyEventSchema>;

/**
 * @param event a checked event.
 * @returns its custom details as name and value pairs; none when they are free text.
 */
export function customDetails(event: PagerDutyEvent): [string, unknown][] {
  const details = event.payload?.custom_details;
  return typeof details === "object" && details !== null ? Object.entries(details) : [];
}

/** Tells whether an optional text says nothing. */
export function isBlank(text: string | null | undefined): text is null | undefined | "" {
  return text == null || text.trim() === "";
}

/** PagerDuty's keys have 32 characters; those that the native runner makes up for a stack without accounts, `local-…`. */
function isKey(key: string): boolean {
  return key.trim() === "" || key.length === 32 || key.startsWith("local-");
}

function required(path: string, max = Number.POSITIVE_INFINITY): z.ZodString {
  return z
    .string({
      error: ({ input }) => (input == null ? `'${path}' is missing or blank` : `'${path}' must be a string`),
    })
    .regex(/\S/, { error: `'${path}' is missing or blank` })
    .max(max, { error: `'${path}' is too long (maximum is ${max} characters)` });
}

function optional(path: string, max = Number.POSITIVE_INFINITY): z.ZodOptional<z.ZodNullable<z.ZodString>> {
  return z
    .string({ error: `'${path}' must be a string` })
    .max(max, { error: `'${path}' is too long (maximum is ${max} characters)` })
    .nullish();
}

function oneOf<const Value extends string>(
  path: string,
  values: readonly Value[],
): z.ZodEnum<{ [V in Value]: V }> {
  const quoted = values.map((value) => `'${value}'`);
  const list = `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
  return z.enum(values, {
    error: ({ input }) =>
      input == null || input === ""
        ? `'${path}' is missing or blank`
        : `'${path}' is invalid (must be one of the following: ${list})`,
  });
}
