import { expect, it } from "vitest";
import { askLostDeliveries, lostDeliveriesOf } from "./lost-deliveries.ts";
import type { Series } from "./prometheus.ts";

const NOON = Date.parse("2026-11-21T12:00:00Z");
const BEGINS = NOON - 6 * 3_600_000;

/** A counter, by its seconds before noon. */
const counter = (labels: Series["labels"], ...points: (readonly [ago: number, value: number])[]): Series => ({
  labels,
  points: points.map(([ago, value]) => [NOON - ago * 1000, value]),
});
const told = (...counters: readonly Series[]) =>
  lostDeliveriesOf(counters, BEGINS).map(({ integration, reason, count, from, to }) => [
    integration,
    reason,
    count,
    (from - NOON) / 1000,
    (to - NOON) / 1000,
  ]);

it("makes one burst of failures that follow each other closely, and two where it was quiet for long", () => {
  const slack = counter(
    { integration: "slack", reason: "serverError" },
    [900, 2],
    [870, 2],
    [840, 3],
    [810, 3],
    [300, 3],
    [270, 4],
  );
  expect(told(slack)).toEqual([
    ["slack", "serverError", 1, -270, -270],
    ["slack", "serverError", 3, -900, -840],
  ]);
});

it("does not count again what had failed before the window, and knows that a restart counts from 0", () => {
  const six = 6 * 3600;
  expect(told(counter({ integration: "email" }, [six, 7], [six - 30, 7], [600, 7], [570, 2]))).toEqual([
    ["email", null, 2, -570, -570],
  ]);
});

it("is bounded, and keeps the newest", () => {
  const many = Array.from({ length: 80 }, (_, n) => counter({ integration: `i${n}` }, [8000 - n, 1]));
  const found = told(...many);
  expect(found).toHaveLength(50);
  expect(found[0]).toEqual(["i79", null, 1, -7921, -7921]);
});

it("asks for the counters of six hours", async () => {
  const asked: string[] = [];
  const range = (expression: string): Promise<Series[]> => {
    asked.push(expression);
    return Promise.resolve([counter({ integration: "webhook" }, [60, 1])]);
  };
  const nobody = (): Promise<never> => Promise.reject(new Error("not asked"));
  const found = await askLostDeliveries({ range, query: nobody, alerts: nobody }, new Date(NOON));
  expect(found).toMatchObject([{ integration: "webhook", count: 1 }]);
  expect(asked).toEqual([
    "(sum by (integration, reason) (alertmanager_notifications_failed_total) > 0)[6h:30s]",
  ]);
});
