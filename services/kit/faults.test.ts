import { describe, expect, it } from "vitest";
import { createFaultBoard, FaultRefused, MAX_ACTIVE } from "./faults.ts";
import { faultCatalogue } from "./fault-catalogue.ts";

function board(targets: readonly string[] = ["user", "payment"]) {
  let time = 1000;
  const created = createFaultBoard({ targets, now: () => time, wallClock: () => Date.UTC(2026, 0, 1) });
  return { board: created, advance: (milliseconds: number) => void (time += milliseconds) };
}
const outage = { fault: "outage", variant: "503", lasts: 60_000 };

describe("the fault board", () => {
  it("shows a fault that is on, with its times", () => {
    expect(
      board().board.add({ fault: "dependency", variant: "slow", target: "user", lasts: 90_000 }),
    ).toEqual({
      id: "fault-1",
      fault: "dependency",
      variant: "slow",
      target: "user",
      started_at: "2026-01-01T00:00:00.000Z",
      expires_at: "2026-01-01T00:01:30.000Z",
    });
  });

  it("ends a fault at its time, by the monotonic clock", () => {
    const { board: faults, advance } = board();
    faults.add(outage);
    advance(59_999);
    expect(faults.live()).toHaveLength(1);
    advance(1);
    expect(faults.live()).toEqual([]);
    expect(faults.remove("fault-1")).toBe(false);
  });

  it("switches one off, and tells who waits on it", () => {
    const { board: faults } = board();
    const { id } = faults.add(outage);
    faults.add({ fault: "errors", variant: "5%", lasts: 60_000 });
    const removed = faults.live()[0]?.removed;
    expect(faults.remove(id)).toBe(true);
    expect(faults.live().map(({ fault }) => fault)).toEqual(["errors"]);
    expect(removed?.aborted).toBe(true);
  });

  it("switches all off", () => {
    const { board: faults } = board();
    faults.add(outage);
    faults.add(outage);
    faults.clear();
    expect(faults.live()).toEqual([]);
  });

  it("refuses what the catalogue does not have", () => {
    const { board: faults } = board();
    expect(() => faults.add({ ...outage, fault: "fire" })).toThrow(
      new FaultRefused("fault", 'got "fire", want one of errors, latency, outage, dependency'),
    );
    expect(() => faults.add({ ...outage, variant: "504" })).toThrow('got "504", want one of 503, hang');
    expect(() => faults.add({ ...outage, target: "user" })).toThrow('got "user", but outage takes no target');
  });

  it("wants a known neighbour for a dependency", () => {
    const dead = { fault: "dependency", variant: "dead", lasts: 1000 };
    const { board: faults } = board();
    expect(() => faults.add(dead)).toThrow("got nothing, want one of user, payment");
    expect(() => faults.add({ ...dead, target: "bank" })).toThrow('got "bank", want one of user, payment');
  });

  it("does not offer dependency faults to a service without neighbours", () => {
    const { board: faults } = board([]);
    expect(faults.catalogue.map(({ name }) => name)).toEqual(["errors", "latency", "outage"]);
    expect(() => faults.add({ fault: "dependency", variant: "dead", target: "user", lasts: 1 })).toThrow(
      'got "dependency", want one of errors, latency, outage',
    );
  });

  it("has a bound on how many are on", () => {
    const { board: faults, advance } = board();
    for (let added = 0; added < MAX_ACTIVE; added += 1) faults.add(outage);
    expect(() => faults.add(outage)).toThrow("16 faults are on already");
    advance(60_000);
    expect(faults.add(outage).id).toBe("fault-17");
  });
});

describe("the fault catalogue", () => {
  it("describes every fault and every variant", () => {
    for (const { description, variants } of faultCatalogue) {
      expect(description).not.toBe("");
      for (const variant of variants) expect(variant.description).not.toBe("");
    }
    expect(
      faultCatalogue.map(({ name, variants }) => [name, variants.map((variant) => variant.name)]),
    ).toEqual([
      ["errors", ["1%", "5%", "20%", "50%", "100%"]],
      ["latency", ["+300ms", "+1s", "+5s"]],
      ["outage", ["503", "hang"]],
      ["dependency", ["slow", "dead"]],
    ]);
  });
});
