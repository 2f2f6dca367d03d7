import { expect, it } from "vitest";
import type { Frame, Value } from "./frame.ts";
import { transform } from "./transform.ts";

const frame = (refId: string, rows: readonly (readonly [service: string, value: Value])[]): Frame => ({
  refId,
  fields: [
    { name: "Time", type: "time", labels: {}, values: rows.map(() => 1) },
    { name: "service", type: "string", labels: {}, values: rows.map(([service]) => service) },
    { name: `Value #${refId}`, type: "number", labels: {}, values: rows.map(([, value]) => value) },
  ],
});
const step = (id: string, options: unknown = {}) => ({ id, options });
const tables = (frames: readonly Frame[]) =>
  frames.map(({ fields }) => fields.map(({ name, renamed, values }) => [renamed ?? name, ...values]));

it("merges the answers of several queries by their labels", () => {
  const merged = transform(
    [
      frame("A", [
        ["order", 1],
        ["user", 2],
      ]),
      frame("B", [
        ["user", 20],
        ["payment", 30],
      ]),
    ],
    [step("merge")],
  );
  expect(tables(merged.frames)).toEqual([
    [
      ["Time", 1, 1, 1],
      ["service", "order", "user", "payment"],
      ["Value #A", 1, 2, null],
      ["Value #B", null, 20, 30],
    ],
  ]);
});

it("hides, orders and renames columns, and sorts by the new name, with missing values last", () => {
  const { frames, unknown } = transform(
    [
      frame("A", [
        ["order", null],
        ["user", 2],
        ["payment", 10],
      ]),
    ],
    [
      step("organize", {
        excludeByName: { Time: true },
        indexByName: { Value: 0, service: 1 },
        renameByName: { Value: "Budget", service: "Service" },
      }),
      step("sortBy", { sort: [{ field: "Budget", desc: true }] }),
    ],
  );
  expect(unknown).toEqual([]);
  expect(tables(frames)).toEqual([
    [
      ["Budget", 10, 2, null],
      ["Service", "payment", "user", "order"],
    ],
  ]);
});

it("names a transformation that it does not know, and one with options of another form", () => {
  const { frames, unknown } = transform(
    [frame("A", [["order", 1]])],
    [step("groupToNestedTable"), step("limit", { limitField: "many" }), step("constructor")],
  );
  expect(unknown).toEqual(["groupToNestedTable", "limit", "constructor"]);
  expect(frames).toHaveLength(1);
});
