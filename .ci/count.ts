/** Prints `N passed, N failed` from vitest's JSON report: `node .ci/count.ts REPORT`. Exit code 1 when no test ran. */
import { readFileSync } from "node:fs";
import { z } from "zod";

const reportSchema = z.looseObject({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

const [path] = z.tuple([z.string()]).parse(process.argv.slice(2));
const report = reportSchema.parse(JSON.parse(readFileSync(path, "utf8")));
const skipped = report.numPendingTests + report.numTodoTests;
const ran = report.numPassedTests + report.numFailedTests;
console.log(
  `${report.numPassedTests} passed, ${report.numFailedTests} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
);
process.exitCode = ran === 0 || report.numFailedTests > 0 ? 1 : 0;
