import { describe, expect, it } from "vitest";
import { HOUR } from "../duration.ts";
import type { Slo } from "../model.ts";
import { defaultLinkBases } from "../rules/annotations.ts";
import { slosOf } from "../testdata/fixture.ts";
import { alerting, availability, latency } from "./lab-slos.ts";
import { momentsOf } from "./rule-tests/slo-tests.ts";
import { sharedText } from "./shared-text.ts";
import { sloText } from "./slo-text.ts";
import type { SloText, TextOptions } from "./slo-text.ts";
import { awkward, shapes, words } from "./slo-variants.ts";
import { mask } from "./stand-ins.ts";

const plain: TextOptions = { format: "prometheus", links: defaultLinkBases, timeScale: 1 };
const moments = momentsOf([availability("order")]);

/** All in one run, so that each may take what another one left. */
function shared(slos: readonly Slo[], options = plain): SloText[] {
  const print = sharedText(options);
  return slos.map((slo) => print(slo, moments));
}

function alone(slos: readonly Slo[], options = plain): SloText[] {
  return slos.map((slo) => sloText(slo, moments, options));
}

function shapeOf(slo: Slo): string | undefined {
  return mask(slo)?.shape;
}

const order = availability("order");
const fixtures = ["budgeting", "indicators", "objectives", "warnings", "windows-text", "yaml-forms"];

describe("sharedText", () => {
  it.each(Object.entries({ ...shapes, ...words, ...awkward }))(
    "gives the same as sloText for SLOs that differ in %s",
    (_, slo) => {
      const slos = [order, slo, order, slo, availability("user"), slo, order];
      expect(shared(slos)).toEqual(alone(slos));
    },
  );

  it("gives the same as sloText for all of them in one run", () => {
    const slos = [order, ...Object.values({ ...shapes, ...words, ...awkward })];
    const thrice = [...slos, ...slos, ...slos];
    expect(shared(thrice)).toEqual(alone(thrice));
  });

  it.each(fixtures)("gives the same as sloText for the SLOs of good/%s.yaml", (fixture) => {
    const slos = Object.values(slosOf(`good/${fixture}.yaml`));
    expect(slos).not.toEqual([]);
    const thrice = [...slos, ...slos, ...slos];
    expect(shared(thrice)).toEqual(alone(thrice));
  });

  it.each([
    { ...plain, format: "operator" },
    { ...plain, timeScale: 60 },
    { ...plain, links: { runbooks: "https://r.example", grafana: "https://g.example" } },
  ] as const)("gives the same as sloText with other options", (options) => {
    const both = [order, latency("order")];
    const slos = [...both, ...both, availability("user"), latency("user")];
    expect(shared(slos, options)).toEqual(alone(slos, options));
  });

  it("tells moments apart", () => {
    const print = sharedText(plain);
    const later = { medium: moments.medium, long: moments.long + 6 * HOUR };
    const both = (text: typeof print): SloText[] => [text(order, moments), text(order, later)];
    const direct: typeof print = (slo, at) => sloText(slo, at, plain);
    expect([1, 2, 3].map(() => both(print))).toEqual([1, 2, 3].map(() => both(direct)));
  });

  it("gives the same when there are more shapes than it keeps", () => {
    const slos = Array.from({ length: 230 }, (_, index) =>
      availability("order", { target: 0.9 + index / 10_000, alerting: alerting({ tiers: [] }) }),
    );
    const thrice = [...slos, ...slos, ...slos];
    expect(shared(thrice)).toEqual(alone(thrice));
  });

  it("names the SLO that cannot be compiled", () => {
    const slo = availability("order", { window: { kind: "rolling", seconds: 25 * HOUR + 60 } });
    expect(() => shared([order, slo])).toThrow(
      new RangeError(
        "SLO order-availability: window 1d1h1m: a window of a day or more must be a multiple of 4m",
      ),
    );
  });
});

describe("the shape of an SLO", () => {
  it.each(Object.entries(words))("is the same whatever %s", (_, slo) => {
    expect(shapeOf(slo)).toBe(shapeOf(order));
  });

  it.each(Object.entries(shapes))("is another one with %s", (_, slo) => {
    expect(shapeOf(slo)).not.toBe(shapeOf(order));
  });

  it("is none where words look like a stand-in", () => {
    expect(mask(availability("order", { displayName: "StandIn0z1z" }))).toBeUndefined();
  });
});
