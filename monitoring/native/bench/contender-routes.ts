import { z } from "zod";
import type { Additions } from "../components/plan.ts";
import { contenderLabel } from "./contender-rules.ts";

const receiver = z.looseObject({ name: z.string() });
const schema = z.looseObject({
  route: z.looseObject({
    routes: z.array(z.looseObject({ group_wait: z.string().optional(), receiver: z.string() })),
  }),
  receivers: z.array(receiver),
});

const PAGER = "pagerduty-critical";
const CONTENDERS = "contenders";

/**
 * Sends the alerts of other shapes to the console as our pages are sent (PagerDuty's shape, the same wait), but by a
 * route of their own, so that nothing that pages or inhibits hears of them.
 */
export const routeContenders: Additions["alertmanager"] = (config) => {
  const parsed = schema.parse(config);
  const pager = parsed.receivers.find(({ name }) => name === PAGER);
  const usual = parsed.route.routes.find((route) => route.receiver === PAGER);
  if (pager === undefined || usual === undefined) throw new RangeError(`alertmanager.yml has no ${PAGER}`);
  const route = {
    ...usual,
    receiver: CONTENDERS,
    matchers: [`${contenderLabel}=~".+"`],
    group_by: ["alertname", "service", "slo"],
    continue: false,
  };
  return {
    ...config,
    route: { ...parsed.route, routes: [route, ...parsed.route.routes] },
    receivers: [...parsed.receivers, { ...pager, name: CONTENDERS }],
  };
};
