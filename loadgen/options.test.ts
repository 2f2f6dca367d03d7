import { describe, expect, it } from "vitest";
import { ConfigError } from "../services/kit/config.ts";
import { helpText, readCommandLine } from "./command-line.ts";
import { trafficModel } from "./config.ts";
import { loadgenCommandLine } from "./options.ts";
import type { Config } from "./config.ts";
import type { Environment } from "../services/kit/config.ts";

function read(args: readonly string[], env: Environment = {}): Config {
  const config = readCommandLine(loadgenCommandLine, args, env);
  if (config === "help") throw new Error("got help");
  return config;
}

function problemsOf(args: readonly string[], env: Environment = {}): readonly string[] {
  try {
    read(args, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const OPTIONS =
  "--rps --duration --seed --flat --diurnal --bursts --peak-hour --day-length --max-in-flight --timeout " +
  "--order-url --payment-url --user-url --port --help";

describe("the load generator's configuration", () => {
  it("has a default for everything but duration, seed, log file and switch", () => {
    expect(read([])).toEqual({
      HOST: "127.0.0.1",
      PORT: 8090,
      ADMIN_HOST: "127.0.0.1",
      LOG_LEVEL: "info",
      SHUTDOWN_DEADLINE: 3000,
      ORDER_URL: "http://127.0.0.1:8081",
      PAYMENT_URL: "http://127.0.0.1:8082",
      USER_URL: "http://127.0.0.1:8083",
      RPS: 30,
      DIURNAL: "on",
      BURSTS: "on",
      PEAK_HOUR: 12,
      DAY_LENGTH: 86_400_000,
      MAX_IN_FLIGHT: 500,
      REQUEST_TIMEOUT: 10_000,
    });
  });

  it("asks for a token where others could reach its switch", () => {
    expect(() => read([], { ADMIN_HOST: "0.0.0.0" })).toThrow(
      "ADMIN_TOKEN: got nothing, want a secret, because ADMIN_HOST=0.0.0.0 is not loopback",
    );
  });

  it("takes the same from options as from variables", () => {
    const byOption = read("--rps 50 --duration 90s --seed=7 --peak-hour 15 --day-length 1h".split(" "));
    const env = { RPS: "50", DURATION: "90s", SEED: "7", PEAK_HOUR: "15", DAY_LENGTH: "1h" };
    expect(byOption).toEqual(read([], env));
    expect(byOption).toMatchObject({ RPS: 50, DURATION: 90_000, SEED: 7, DAY_LENGTH: 3_600_000 });
  });

  it("lets an option win over its variable, and the last of two options", () => {
    expect(read(["--rps", "50"], { RPS: "70" }).RPS).toBe(50);
    expect(read(["--rps", "50", "--rps", "60"]).RPS).toBe(60);
  });

  it("switches day and bursts off with --flat", () => {
    expect(trafficModel(read(["--flat"]))).toEqual({ day: null, bursts: null });
  });

  it("passes peak hour and day length on to the model, in hours and seconds", () => {
    const { day } = trafficModel(read(["--peak-hour", "20.5", "--day-length", "10m"]));
    expect(day).toEqual({ peakHour: 20.5, trough: 0.2, weekend: 0.7, lengthSeconds: 600 });
  });

  it("says help when asked, whatever else is wrong", () => {
    expect(readCommandLine(loadgenCommandLine, ["--help", "--rps", "x"], {})).toBe("help");
  });

  it("names each option in the help, with its default", () => {
    const help = helpText(loadgenCommandLine);
    for (const option of OPTIONS.replace(" --help", "").split(" ")) expect(help).toContain(`  ${option} `);
    expect(help).toContain("  --rps N            requests per second of all services at the peak (30)");
  });
});

describe("a bad option", () => {
  it("is named as it was given, with what it got and what it wants", () => {
    expect(problemsOf(["--rps", "abc"])).toEqual([
      '--rps: got "abc", want a number of requests per second from 0.01 to 10000',
    ]);
    expect(problemsOf(["--rps", "0"])).toEqual([
      '--rps: got "0", want a number of requests per second from 0.01 to 10000',
    ]);
    expect(problemsOf(["--duration", "90"])).toEqual([
      '--duration: got "90", want a time with its unit of at least 1ms, such as 250ms, 10s, 5m or 1h',
    ]);
    expect(problemsOf(["--seed", "1.5"])).toEqual(['--seed: got "1.5", want an integer']);
    expect(problemsOf(["--bursts", "maybe"])).toEqual(['--bursts: got "maybe", want one of on, off']);
    expect(problemsOf(["--peak-hour", "25"])).toEqual(['--peak-hour: got "25", want an hour from 0 to 24']);
    expect(problemsOf(["--max-in-flight", "0"])).toEqual([
      '--max-in-flight: got "0", want a whole number from 1',
    ]);
  });

  it("is named by its variable when it came from there", () => {
    expect(problemsOf([], { RPS: "-5" })).toEqual([
      'RPS: got "-5", want a number of requests per second from 0.01 to 10000',
    ]);
  });

  it("does not hide the next one", () => {
    expect(problemsOf(["--rps", "x", "--seed", "y"])).toEqual([
      '--rps: got "x", want a number of requests per second from 0.01 to 10000',
      '--seed: got "y", want an integer',
    ]);
  });

  it("may be one that does not exist, and the answer lists those that do", () => {
    expect(problemsOf(["--rsp", "5"])).toEqual([
      `--rsp: no such option, want one of ${OPTIONS}`,
      `got "5", want one of ${OPTIONS}`,
    ]);
    expect(problemsOf(["-r"])).toEqual([`-r: no such option, want one of ${OPTIONS}`]);
  });

  it("may lack its value, or have one that it does not take", () => {
    expect(problemsOf(["--rps"])).toEqual(["--rps: got nothing, want N"]);
    expect(problemsOf(["--rps="])).toEqual(["--rps: got nothing, want N"]);
    expect(problemsOf(["--flat=yes"])).toEqual(['--flat: got "yes", want no value']);
  });

  it("is refused too when it swallowed the next option", () => {
    expect(problemsOf(["--rps", "--flat"])).toEqual([
      '--rps: got "--flat", want a number of requests per second from 0.01 to 10000',
    ]);
  });
});
