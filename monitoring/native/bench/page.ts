import { runPageBench } from "./run.ts";

process.exitCode = await runPageBench(process.argv.slice(2));
