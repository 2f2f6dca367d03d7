import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { runCommand } from "../native/processes/command.ts";
import { findTools } from "../native/tools/tools.ts";
import { routingCases } from "./cases.ts";

const amtool = findTools(process.env["PATH"]).amtool ?? "amtool";
const configuration = fileURLToPath(new URL("alertmanager.yml", import.meta.url));

it("amtool accepts the configuration and finds its templates", async () => {
  const result = await runCommand(amtool, ["check-config", configuration]);
  expect(result).toMatchObject({
    exitCode: 0,
    output: expect.stringMatching(/ - 7 receivers\n - 1 templates\n/),
  });
});

it.each(routingCases().map((each) => [each.name, each] as const))(
  "%s",
  async (_name, { labels, receivers }) => {
    const result = await runCommand(amtool, [
      "config",
      "routes",
      "test",
      `--config.file=${configuration}`,
      `--verify.receivers=${receivers.join(",")}`,
      ...Object.entries(labels).map(([name, value]) => `${name}=${value}`),
    ]);
    expect(result).toMatchObject({ exitCode: 0 });
  },
);
