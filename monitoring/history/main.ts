import { runHistory } from "./command.ts";

process.exitCode = await runHistory(process.argv.slice(2));
