import { describe, expect, it } from "vitest";
import { z } from "zod";
import { baseUrl, bytes, choice, ConfigError, duration, numeric, port, readConfig, word } from "./config.ts";

const schema = z.object({
  RPS: numeric("a number of requests per second above 0", (value) => value > 0).prefault("30"),
  PORT: port().prefault("8080"),
  WAIT: duration(5).prefault("10s"),
  LIMIT: bytes().prefault("64kb"),
  USER_URL: baseUrl(),
  MODE: choice("on", "off").prefault("on"),
  ADMIN_TOKEN: word("a secret").optional(),
});
const enough = { USER_URL: "http://127.0.0.1:8083" };

function problems(env: Record<string, string>): readonly string[] {
  try {
    readConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("readConfig", () => {
  it("gives the defaults, parsed", () => {
    expect(readConfig(schema, enough)).toEqual({
      RPS: 30,
      PORT: 8080,
      WAIT: 10_000,
      LIMIT: 65_536,
      USER_URL: "http://127.0.0.1:8083",
      MODE: "on",
    });
  });

  it("takes an empty variable as absent", () => {
    expect(readConfig(schema, { ...enough, PORT: "" }).PORT).toBe(8080);
  });

  it("reads durations in every unit", () => {
    const read = (WAIT: string) => readConfig(schema, { ...enough, WAIT }).WAIT;
    expect([read("250ms"), read("10s"), read("5m"), read("1.5h"), read("30d")]).toEqual([
      250, 10_000, 300_000, 5_400_000, 2_592_000_000,
    ]);
  });

  it("reads sizes in every unit", () => {
    const read = (LIMIT: string) => readConfig(schema, { ...enough, LIMIT }).LIMIT;
    expect([read("512b"), read("1kb"), read("2MB")]).toEqual([512, 1024, 2_097_152]);
  });

  it("drops the slash at the end of an address", () => {
    expect(readConfig(schema, { USER_URL: "http://user:8083/" }).USER_URL).toBe("http://user:8083");
  });

  it("names the variable, what it got and what it wants", () => {
    expect(problems({ ...enough, RPS: "abc" })).toEqual([
      'RPS: got "abc", want a number of requests per second above 0',
    ]);
    expect(problems({ ...enough, RPS: "0" })).toEqual([
      'RPS: got "0", want a number of requests per second above 0',
    ]);
    expect(problems({ ...enough, PORT: "70000" })).toEqual([
      'PORT: got "70000", want a port from 0 to 65535',
    ]);
    expect(problems({ ...enough, WAIT: "10" })).toEqual([
      'WAIT: got "10", want a time with its unit of at least 5ms, such as 250ms, 10s, 5m or 1h',
    ]);
    expect(problems({ ...enough, LIMIT: "64" })).toEqual([
      'LIMIT: got "64", want a size with its unit, such as 512b, 64kb or 5mb',
    ]);
    expect(problems({ ...enough, MODE: "yes" })).toEqual(['MODE: got "yes", want one of on, off']);
    expect(problems({ USER_URL: "http://a:1/path" })).toEqual([
      'USER_URL: got "http://a:1/path", want an http address without a path, such as http://127.0.0.1:8082',
    ]);
  });

  it("says that a variable is missing", () => {
    expect(problems({})).toEqual([
      "USER_URL: got nothing, want an http address without a path, such as http://127.0.0.1:8082",
    ]);
  });

  it("reports every problem at once", () => {
    expect(problems({ RPS: "x", PORT: "x" })).toHaveLength(3);
  });

  it("refuses numbers that only JavaScript would take", () => {
    for (const RPS of ["0x10", "1e3", " 5", "Infinity", "5 "])
      expect(problems({ ...enough, RPS })).toHaveLength(1);
  });

  it("does not print a secret", () => {
    const secret = z.object({ ADMIN_TOKEN: choice("a", "b") });
    expect(() => readConfig(secret, { ADMIN_TOKEN: "hunter2" })).toThrow(
      "ADMIN_TOKEN: got a value that is not shown, want one of a, b",
    );
  });
});
