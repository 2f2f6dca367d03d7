import path from "node:path";
import { expect, it } from "vitest";
import { readConfig } from "../../services/kit/config.ts";
import { consoleSchema } from "./config.ts";

it("needs nothing but a folder, and listens on loopback", () => {
  expect(readConfig(consoleSchema, { DATA_DIR: "/data" })).toEqual({
    DASHBOARDS_DIR: path.resolve(import.meta.dirname, "../generated/dashboards"),
    HOST: "127.0.0.1",
    PORT: 8080,
    SMTP_PORT: 8025,
    DATA_DIR: "/data",
    PROMETHEUS_URL: "http://127.0.0.1:9090",
    ALERTMANAGER_URL: "http://127.0.0.1:9093",
    TIME_SCALE: 1,
    READY_DELAY: 0,
    SHUTDOWN_DEADLINE: 10_000,
    LOG_LEVEL: "info",
  });
});

it("names every variable that does not fit, what it got and what it wants", () => {
  const bad = {
    PORT: "http",
    SMTP_PORT: "70000",
    PROMETHEUS_URL: "prometheus:9090",
    TIME_SCALE: "100",
    LOG_LEVEL: "loud",
  };
  expect(() => readConfig(consoleSchema, bad)).toThrow(
    [
      'PORT: got "http", want a port from 0 to 65535',
      'SMTP_PORT: got "70000", want a port from 0 to 65535',
      "DATA_DIR: got nothing, want a folder that the inbox is kept in",
      'PROMETHEUS_URL: got "prometheus:9090", want an http address without a path, such as http://127.0.0.1:8082',
      'TIME_SCALE: got "100", want a number from 1 to 60',
      'LOG_LEVEL: got "loud", want one of trace, debug, info, warn, error, fatal, silent',
    ].join("\n"),
  );
});
