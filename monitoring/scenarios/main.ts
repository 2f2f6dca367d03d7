import { scenarioCommand } from "./scenario.ts";

process.exitCode = await scenarioCommand(process.argv.slice(2));
