import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createDeadMansSwitch } from "./dead-mans-switch.ts";
import { temporaryDirectory } from "./testing.ts";

const start = Date.parse("2026-11-21T12:00:00Z");

function switchAt(directory = temporaryDirectory(), timeScale = 1) {
  let seconds = 0;
  const now = () => new Date(start + seconds * 1000);
  const dead = createDeadMansSwitch({ directory, timeScale, now });
  const stateAfter = (more: number) => {
    seconds += more;
    return dead.read().state;
  };
  return { dead, stateAfter, directory };
}

describe("the dead man's switch", () => {
  it("waits at first, and is silent when the first beat does not come in time", () => {
    const { stateAfter } = switchAt();
    expect([stateAfter(0), stateAfter(180), stateAfter(1)]).toEqual(["waiting", "waiting", "silent"]);
  });

  it("beats for as long as the Watchdog is heard, and no longer", () => {
    const { dead, stateAfter } = switchAt();
    dead.beat("firing");
    expect(stateAfter(180)).toBe("beating");
    dead.beat("firing");
    expect([stateAfter(180), stateAfter(1)]).toEqual(["beating", "silent"]);
  });

  it("knows at once when Alertmanager says that the Watchdog is resolved", () => {
    const { dead, stateAfter } = switchAt();
    dead.beat("firing");
    dead.beat("resolved");
    expect(stateAfter(0)).toBe("resolved");
    dead.beat("firing");
    expect(stateAfter(0)).toBe("beating");
  });

  it("remembers the last beat when the console is killed", () => {
    const { dead, directory } = switchAt();
    dead.beat("firing");
    expect(switchAt(directory).dead.read()).toMatchObject({ state: "beating", lastHeardAt: new Date(start) });
  });

  it("counts a damaged memory as none", () => {
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, "watchdog.json"), '{"beat":"fir');
    expect(switchAt(directory).dead.read()).toMatchObject({ state: "waiting", lastHeardAt: null });
  });

  it("follows the time scale, but not below a silence that means something", () => {
    expect(switchAt(undefined, 2).dead.read().limitSeconds).toBe(90);
    expect(switchAt(undefined, 60).dead.read().limitSeconds).toBe(15);
  });
});
