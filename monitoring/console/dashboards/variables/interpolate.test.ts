import { describe, expect, it } from "vitest";
import { interpolateQuery, interpolateText } from "./interpolate.ts";
import type { Resolved, Scope } from "./interpolate.ts";

const variable = (name: string, values: readonly string[], more: Partial<Resolved> = {}): Resolved => ({
  name,
  values,
  several: false,
  trusted: false,
  ...more,
});
const scope = (...variables: Resolved[]): Scope => ({
  variables,
  range: { from: 0, to: 3600, words: { from: "now-1h", to: "now" } },
  step: 30,
  scrape: 15,
});

describe("a query", () => {
  it.each([
    ['up{service="$service"}', 'up{service="order"}'],
    ['up{service="${service}"}', 'up{service="order"}'],
    ['up{service="[[service]]"}', 'up{service="order"}'],
    ['up{service=~"${several:regex}"}', 'up{service=~"(order|user\\x5c.x)"}'],
    ['up{service=~"$several"}', 'up{service=~"(order|user\\x5c.x)"}'],
    ['up{service=~"${several:pipe}"}', 'up{service=~"order|user.x"}'],
    ['up{service=~"$all"}', 'up{service=~".+"}'],
    ["rate(x[$__rate_interval])", "rate(x[1m])"],
    ["avg_over_time(x[$__range]) / $__range_s / $__interval_ms", "avg_over_time(x[3600s]) / 3600 / 30000"],
    ["sum by ($service) (x)", "sum by (order) (x)"],
    ["x[$window]", "x[5m]"],
    ['x{a="$unknown"}', 'x{a="$unknown"}'],
  ])("%s becomes %s", (query, wanted) => {
    const variables = [
      variable("service", ["order"]),
      variable("several", ["order", "user.x"], { several: true }),
      variable("all", ["order"], { several: true, raw: ".+" }),
      variable("window", ["5m"], { trusted: true }),
    ];
    expect(interpolateQuery(query, scope(...variables))).toBe(wanted);
  });

  it.each([
    ['"} or up{a="', String.raw`up{a="\x22} or up{a=\x22"}`],
    ["\\", String.raw`up{a="\x5c"}`],
    ["line\nbreak", String.raw`up{a="line\x0abreak"}`],
    ["`'", String.raw`up{a="\x60\x27"}`],
    ["${service}", 'up{a="${service}"}'],
  ])("cannot be changed by the value %j", (value, wanted) => {
    expect(
      interpolateQuery('up{a="$v"}', scope(variable("v", [value]), variable("service", ["order"]))),
    ).toBe(wanted);
  });

  it("keeps every special character of a regular expression as itself", () => {
    const query = interpolateQuery('up{a=~"$v"}', scope(variable("v", ["a.b|c", '"'], { several: true })));
    expect(query).toBe(String.raw`up{a=~"(a\x5c.b\x5c|c|\x22)"}`);
  });

  it("refuses a value outside of quotes that is more than a word", () => {
    const hostile = scope(variable("v", ["x) or up"]));
    expect(() => interpolateQuery('sum by ($v) (up{a="b"})', hostile)).toThrow(
      '$v stands outside quotes, where "x) or up" would be more than a word',
    );
    expect(() => interpolateQuery(String.raw`up{a="\"", b=$v}`, hostile)).toThrow("stands outside quotes");
  });
});

it("a title takes values as they are", () => {
  expect(interpolateText("$service, $__interval, $nothing", scope(variable("service", ["a", "b"])))).toBe(
    "a, b, 30s, $nothing",
  );
});
