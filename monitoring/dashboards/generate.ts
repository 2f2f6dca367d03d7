import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { ExitCode, Terminal } from "../compiler/cli/command.ts";
import { checkAll, NotGeneratedError, writeAll } from "../compiler/emit/write.ts";
import { dashboardFiles } from "./dashboards.ts";
import { generatedMark } from "./kit/finish.ts";
import { readLab } from "./lab.ts";

/** As it stands in messages; the files go there from wherever the program is started. */
const out = "monitoring/generated/dashboards";
const root = new URL("../../", import.meta.url);

const usage = `node monitoring/dashboards/main.ts [--check]

Writes ${out}: all files or none; what is no longer made is removed.

  --check  write nothing; end with 1 when the folder is not what would be written
`;

/**
 * Draws every dashboard, and writes or compares the files.
 *
 * @param args the command line.
 * @param outDir @default monitoring/generated/dashboards
 */
export async function generate(
  args: readonly string[],
  terminal: Pick<Terminal, "out" | "err">,
  outDir = fileURLToPath(new URL(out, root)),
): Promise<ExitCode> {
  let check: boolean;
  try {
    check = parseArgs({ args: [...args], options: { check: { type: "boolean", default: false } } }).values
      .check;
  } catch (error) {
    terminal.err(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  try {
    const files = dashboardFiles(readLab());
    const drift = await checkAll(files, outDir, generatedMark);
    if (!check) {
      await writeAll(files, outDir, generatedMark);
      terminal.out(`${files.length} dashboards in ${out}, ${drift.length} changed.\n`);
      return 0;
    }
    for (const { path, problem } of drift) terminal.err(`${out}/${path}: ${problem}\n`);
    if (drift.length > 0) terminal.err(`${out} is out of date. Run npm run generate.\n`);
    else terminal.out(`${out} is up to date.\n`);
    return drift.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof NotGeneratedError || isSystemError(error)))
      throw error;
    terminal.err(`${error.message}\nNothing was written.\n`);
    return 1;
  }
}

/** The disk is full, the folder is a file, and the like. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
