import { describe, expect, it } from "vitest";
import { until } from "./until.ts";

describe("waiting for a condition", () => {
  it("ends with the first truthy answer", async () => {
    let looks = 0;
    expect(await until(() => (++looks === 3 ? "found" : undefined), 5000)).toBe("found");
    expect(looks).toBe(3);
  });

  it("looks at least once, and gives the last answer when time is up", async () => {
    let looks = 0;
    expect(await until(() => ++looks < 0, 0)).toBe(false);
    expect(looks).toBe(1);
  });

  it("ends with the signal's reason, also in the middle of a pause", async () => {
    const controller = new AbortController();
    const wait = until(() => false, 60_000, controller.signal);
    controller.abort(new Error("enough"));
    await expect(wait).rejects.toThrow("enough");
  });

  it("ends with the error of a look", async () => {
    const look = (): never => {
      throw new Error("blind");
    };
    await expect(until(look, 60_000)).rejects.toThrow("blind");
  });
});
