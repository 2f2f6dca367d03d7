import { describe, expect, it } from "vitest";
import { parseOptions } from "./options.ts";

const defaults = {
  portOffset: 0,
  durationMs: undefined,
  timeScale: 1,
  profile: "default",
  rps: undefined,
  seed: undefined,
  history: "30d",
  stateDirectory: ".burnrate",
};

describe("the options of npm run demo", () => {
  it("are all optional", () => {
    expect(parseOptions([])).toEqual(defaults);
  });

  it("are read with and without an equals sign", () => {
    const args = ["--port-offset", "100", "--duration=90s", "--time-scale=60", "--profile", "reference"];
    expect(parseOptions([...args, "--rps=50", "--seed=7", "--history=none", "--state", "/tmp/lab"])).toEqual({
      portOffset: 100,
      durationMs: 90_000,
      timeScale: 60,
      profile: "reference",
      rps: 50,
      seed: 7,
      history: "none",
      stateDirectory: "/tmp/lab",
    });
  });

  it("take minutes and hours for the duration", () => {
    expect(parseOptions(["--duration=10m"])).toMatchObject({ durationMs: 600_000 });
    expect(parseOptions(["--duration=2h"])).toMatchObject({ durationMs: 7_200_000 });
  });

  it("leave the past to the environment when the command line says nothing", () => {
    expect(parseOptions([], { HISTORY: "none" })).toMatchObject({ history: "none" });
    expect(parseOptions(["--history", "30d"], { HISTORY: "none" })).toMatchObject({ history: "30d" });
    expect(() => parseOptions([], { HISTORY: "60d" })).toThrow('HISTORY: got "60d", want one of none, 30d');
    expect(() => parseOptions(["--history=1y"])).toThrow('--history: got "1y", want one of none, 30d');
  });

  it("ask for help before anything else is judged", () => {
    expect(parseOptions(["--time-scale=9000", "--help"])).toBe("help");
  });

  it("name every bad value with what it got and what it wants", () => {
    const args = ["--time-scale=61", "--port-offset=1e3", "--duration=soon", "--profile=mine", "--seed=-1"];
    expect(() => parseOptions(args)).toThrow(
      [
        '--port-offset: got "1e3", want a whole number from 0 to 56420',
        '--time-scale: got "61", want a whole number from 1 to 60',
        '--seed: got "-1", want a whole number from 0 to 4294967295',
        '--duration: got "soon", want a time with its unit of at least 1000ms, such as 250ms, 10s, 5m or 1h',
        '--profile: got "mine", want one of default, reference',
      ].join("\n"),
    );
  });

  it("refuse a duration that no timer can wait for", () => {
    expect(() => parseOptions(["--duration=25d"])).toThrow(
      '--duration: got "25d", want a time of at most 24d',
    );
  });

  it("refuse an unknown option with exit code 2 and the usage", () => {
    expect(() => parseOptions(["--time-scal=2"])).toThrow(
      expect.objectContaining({
        code: "BAD_OPTION",
        exitCode: 2,
        message: expect.stringMatching(/^Unknown option '--time-scal'[^]*npm run demo -- \[options\]/),
      }),
    );
  });

  it("refuse an argument that belongs to no option", () => {
    expect(() => parseOptions(["60"])).toThrow(/^Unexpected argument '60'/);
  });
});
