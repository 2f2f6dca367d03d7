import { expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../compiler/duration.ts";
import { objectiveSeries, sloSeries } from "../../compiler/names.ts";
import { overviewQuery, readSample } from "./series.ts";

const read = (name: string, value = 1) =>
  readSample({ labels: { __name__: name, service: "order", slo: "order-availability" }, value });
/** What Prometheus would select: its matchers are anchored. */
const selected = (name: string): boolean => {
  const matcher = /^\{__name__=~"(.*)"\}$/.exec(overviewQuery)?.[1] ?? "";
  return new RegExp(`^(?:${matcher.replaceAll("\\\\", "\\")})$`).test(name);
};

it("reads every name that the compiler gives to what the overview shows", () => {
  const sli = "checkout_speed";
  expect(read(objectiveSeries)).toMatchObject({ kind: "objective", sli: null, window: null });
  expect(read(sloSeries.ratio(sli, 30 * DAY))).toMatchObject({ kind: "ratio", sli, window: 30 * DAY });
  expect(read(sloSeries.ratioPeriod(sli))).toMatchObject({ kind: "ratio", sli, window: null });
  expect(read(sloSeries.remaining(sli))).toMatchObject({ kind: "remaining", sli, window: null });
  expect(read(sloSeries.burnRate(sli, 5 * MINUTE))).toMatchObject({ kind: "burn", sli, window: 300 });
  expect(read(sloSeries.burnRate(sli, 1.5 * HOUR))).toMatchObject({ kind: "burn", sli, window: 5400 });
  expect(read(sloSeries.bad(sli, 28 * DAY))).toMatchObject({ kind: "bad", sli, window: 28 * DAY });
  expect(read(sloSeries.total(sli, 30 * DAY))).toMatchObject({ kind: "total", sli, window: 30 * DAY });
});

it("asks Prometheus for exactly those", () => {
  for (const name of [objectiveSeries, sloSeries.ratio("a", 30 * DAY), sloSeries.burnRate("a", HOUR)])
    expect(selected(name)).toBe(true);
  for (const name of [
    "up",
    sloSeries.ratio("a", HOUR),
    sloSeries.bad("a", 5 * MINUTE),
    sloSeries.badTile("a"),
  ])
    expect(selected(name)).toBe(false);
});

it("passes over what is no number, and what does not say whose it is", () => {
  expect(read(objectiveSeries, Number.NaN)).toBeUndefined();
  expect(readSample({ labels: { __name__: objectiveSeries }, value: 0.999 })).toBeUndefined();
  expect(read("slo:something:else")).toBeUndefined();
});
