import { describe, expect, it } from "vitest";
import { cpuMicroseconds, peakBytes, residentMegabytes } from "./proc.ts";

/** Above the largest process id that Linux gives out. */
const NOBODY = 2 ** 22 + 1;

describe("reading /proc", () => {
  it("agrees with what Node says of itself", () => {
    const { user, system } = process.cpuUsage();
    expect(Math.abs(cpuMicroseconds(process.pid) - (user + system))).toBeLessThan(50_000);
    expect(Math.abs(residentMegabytes(process.pid) - process.memoryUsage.rss() / 1e6)).toBeLessThan(5);
  });

  it("knows the most memory that there ever was", () => {
    const before = peakBytes(process.pid);
    expect(before).toBeGreaterThan(process.memoryUsage.rss() - 5e6);
    expect(before).toBeLessThan(process.resourceUsage().maxRSS * 1024 + 5e6);
  });

  it("says when the process is gone", () => {
    expect(() => cpuMicroseconds(NOBODY)).toThrow(
      `process ${NOBODY} has ended, or this machine has no /proc`,
    );
    expect(() => peakBytes(NOBODY)).toThrow(`process ${NOBODY} has ended, or this machine has no /proc`);
    expect(() => residentMegabytes(NOBODY)).toThrow(
      `process ${NOBODY} has ended, or this machine has no /proc`,
    );
  });
});
