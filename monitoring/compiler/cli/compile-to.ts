import { compileEach } from "../emit/compile.ts";
import type { CompileOptions } from "../emit/compile.ts";
import type { GeneratedFile } from "../emit/generated-file.ts";
import { checkAll, NotGeneratedError, writeAll } from "../emit/write.ts";
import { loadSlos } from "../openslo/load.ts";
import type { ExitCode, Terminal } from "./command.ts";
import { count, hasErrors, printProblems } from "./report.ts";
import { loadOptions } from "./options.ts";

/** What to compile, and where to. */
export interface Job extends Pick<Required<CompileOptions>, "format" | "application" | "timeScale"> {
  readonly paths: readonly string[];
  /** The folder to write to. */
  readonly out: string;
  /** Only compare. */
  readonly check: boolean;
  /** How long Prometheus keeps samples, in seconds. @default 45 days */
  readonly retention?: number | undefined;
}

/**
 * Reads, compiles, and writes or compares. With any error nothing is written.
 *
 * @returns 1 when the input has an error, the folder cannot be written, or `check` finds a difference.
 */
export async function compileTo(job: Job, terminal: Terminal): Promise<ExitCode> {
  const { slos, problems } = loadSlos(job.paths, loadOptions(job.retention));
  terminal.err(printProblems(problems));
  if (hasErrors(problems)) return refuse("", terminal);
  if (slos.length === 0) return refuse("There is no SLO among these files.", terminal);
  const files = compileEach(slos, job);
  try {
    return job.check ? await compare(files, job.out, terminal) : await write(files, job.out, terminal);
  } catch (error) {
    if (error instanceof NotGeneratedError || error instanceof RangeError)
      return refuse(error.message, terminal);
    if (!isSystemError(error)) throw error;
    return refuse(`--out ${job.out}: ${error.message}. Name a folder that can be written to.`, terminal);
  }
}

async function compare(
  files: Iterable<GeneratedFile>,
  folder: string,
  { out, err }: Terminal,
): Promise<ExitCode> {
  const drift = await checkAll(files, folder);
  for (const { path, problem } of drift) err(`${folder}/${path}: ${problem}\n`);
  if (drift.length === 0) {
    out(`${folder} is up to date.\n`);
    return 0;
  }
  err(`${folder} is out of date. Compile it anew.\n`);
  return 1;
}

async function write(files: Iterable<GeneratedFile>, folder: string, { out }: Terminal): Promise<ExitCode> {
  let made = 0;
  const counted = function* (): Generator<GeneratedFile> {
    for (const file of files) {
      made += 1;
      yield file;
    }
  };
  const drift = await writeAll(counted(), folder);
  out(`${count(made, "file")} in ${folder}, ${count(drift.length, "change")}.\n`);
  return 0;
}

function refuse(reason: string, { err }: Terminal): ExitCode {
  err(`${reason}\nNothing was written.\n`);
  return 1;
}

/** The disk is full, the folder is a file, and the like. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
