import { describe, expect, it } from "vitest";
import { unexpected } from "./alerts.ts";
import { listScenarios, parseCommand } from "./command.ts";
import { loadScenario } from "./load.ts";
import { createProgress } from "./progress.ts";

describe("the command line of npm run scenario", () => {
  it("finds the switches of the stack whose ports are moved", () => {
    expect(parseCommand(["flapping", "--port-offset", "1000", "--time-scale", "60"], {})).toEqual({
      name: "flapping",
      timeScale: 60,
      seed: undefined,
      prometheusUrl: "http://127.0.0.1:10090",
      switches: {
        ORDER_ADMIN_URL: "http://127.0.0.1:10081",
        PAYMENT_ADMIN_URL: "http://127.0.0.1:10082",
        USER_ADMIN_URL: "http://127.0.0.1:10083",
        LOADGEN_ADMIN_URL: "http://127.0.0.1:10089",
      },
    });
  });

  it("takes other addresses, and the token, from the environment", () => {
    const env = { ORDER_ADMIN_URL: "http://order:9081", ADMIN_TOKEN: "sesame", USER_ADMIN_URL: "" };
    expect(parseCommand(["flapping"], env)).toMatchObject({
      switches: { ...env, USER_ADMIN_URL: "http://127.0.0.1:9083" },
    });
  });

  it("explains itself when nothing is named", () => {
    expect(parseCommand([], {})).toBe("help");
    expect(parseCommand(["--help"], {})).toBe("help");
    expect(parseCommand(["--list"], {})).toBe("list");
    expect(listScenarios()).toContain(
      "  bad-deploy            Bad deploy. A release of the payment service fails",
    );
  });

  it("refuses what it does not know", () => {
    expect(() => parseCommand(["flapping", "--time-scale", "61"], {})).toThrow(
      '--time-scale: got "61", want a whole number from 1 to 60',
    );
  });
});

describe("the verdict on a scenario", () => {
  const scenario = loadScenario("bad-deploy");

  it("is good when one of the expected tiers fired", () => {
    const fired = [
      { slo: "payment-availability", tier: "page-slow" },
      { slo: "user-latency", tier: "ticket-slow" },
    ];
    expect(unexpected(scenario, fired)).toEqual([]);
  });

  it("names what is missing, and what should not have come", () => {
    expect(unexpected(scenario, [{ slo: "user-latency", tier: "page-fast" }])).toEqual([
      "payment-availability: none of page-fast, page-slow fired",
      "user-latency: page-fast fired, and should not",
    ]);
  });
});

describe("the progress of a scenario", () => {
  it("is shown on a terminal, and is only lines in a pipe", () => {
    const written = (isTTY: boolean): string => {
      const texts: string[] = [];
      const progress = createProgress({ isTTY, write: (text) => texts.push(String(text)) > 0 }, 60_000);
      progress.say("on");
      progress.end();
      progress.say("over");
      return texts.join("");
    };
    expect(written(false)).toBe("on\nover\n");
    expect(written(true)).toBe("\r\u001B[Kon\n0 s gone, 60 s left; Ctrl-C undoes it\r\u001B[Kover\n");
  });
});
