import { nearest } from "../openslo/suggest.ts";
import { UsageError } from "./command.ts";
import type { Command, ExitCode, Terminal } from "./command.ts";
import { compile, generate } from "./compile.ts";
import { explain } from "./explain.ts";
import { backtest } from "../../backtest/command.ts";
import { validate } from "./validate.ts";

const commands: Readonly<Record<string, Command>> = { validate, explain, compile, generate, backtest };

/** How people start the program. */
const PROGRAM = "npm run --silent slo --";

/**
 * Runs one command.
 *
 * @param args the command's name and its arguments.
 * @returns the exit code; see `ExitCode`.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined) {
    terminal.err(overview());
    return 2;
  }
  if (["help", "--help", "-h"].includes(name)) {
    terminal.out(overview());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) return misuse(unknownCommand(name), terminal);
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.out(`Usage: ${PROGRAM} ${command.usage}\n`);
    return 0;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return misuse(`${name}: ${error.message}`, terminal, ` ${name}`);
  }
}

function misuse(message: string, { err }: Terminal, about = ""): 2 {
  err(`slo ${message}\nSee ${PROGRAM}${about} --help\n`);
  return 2;
}

function unknownCommand(name: string): string {
  const guess = nearest(name, Object.keys(commands));
  return `${name}: there is no such command${guess === undefined ? "" : `; did you mean ${guess}?`}`;
}

function overview(): string {
  const width = Math.max(...Object.keys(commands).map(({ length }) => length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: ${PROGRAM} COMMAND ...

OpenSLO v1 in; Prometheus rules, alerts and their tests out.

${lines.join("\n")}

${PROGRAM} COMMAND --help tells more.
`;
}
