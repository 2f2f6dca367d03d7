import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { neighbourUrl, serviceSchema } from "./service-config.ts";

const schema = serviceSchema("order", { USER_URL: neighbourUrl("user") });

describe("serviceSchema", () => {
  it("takes ports and neighbours from the topology", () => {
    const config = readConfig(schema, {});
    expect(config).toMatchObject({ PORT: 8081, ADMIN_PORT: 9081, USER_URL: "http://127.0.0.1:8083" });
  });

  it("has the defaults that the documentation states", () => {
    expect(readConfig(schema, {})).toMatchObject({
      HOST: "127.0.0.1",
      ADMIN_HOST: "127.0.0.1",
      LOG_LEVEL: "info",
      LOG_SAMPLE: 1,
      READY_DELAY: 2000,
      DRAIN_DELAY: 0,
      SHUTDOWN_DEADLINE: 10_000,
      BODY_LIMIT: 65_536,
      PROFILE: "default",
      SIMULATION: "on",
    });
  });

  it("refuses an admin listener in reach of others without a token", () => {
    expect(() => readConfig(schema, { ADMIN_HOST: "0.0.0.0" })).toThrow(
      "ADMIN_TOKEN: got nothing, want a secret, because ADMIN_HOST=0.0.0.0 is not loopback",
    );
  });

  it("accepts one with a token, and loopback without", () => {
    expect(readConfig(schema, { ADMIN_HOST: "0.0.0.0", ADMIN_TOKEN: "s" }).ADMIN_TOKEN).toBe("s");
    expect(readConfig(schema, { ADMIN_HOST: "::1" }).ADMIN_HOST).toBe("::1");
  });
});
