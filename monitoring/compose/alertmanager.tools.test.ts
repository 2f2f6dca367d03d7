import path from "node:path";
import { expect, it } from "vitest";
import { runCommand } from "../native/processes/command.ts";
import { findTools } from "../native/tools/tools.ts";
import { root } from "./testing/compose-file.ts";

it("amtool accepts the configuration that docker-compose.yml mounts", async () => {
  const amtool = findTools(process.env["PATH"]).amtool ?? "amtool";
  const file = path.join(root, "monitoring/generated/compose/alertmanager/alertmanager.yml");
  expect(await runCommand(amtool, ["check-config", file])).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining("SUCCESS"),
  });
});
