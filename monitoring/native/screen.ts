import type { ComponentState } from "./processes/component.ts";

/** What the person sees: lines that stay, and below them a table of starting components. */
export interface Screen {
  /** Prints text that stays. */
  readonly say: (text: string) => void;
  /** Changes a row of the table. */
  readonly update: (name: string, state: ComponentState) => void;
  /** Leaves the table as it is; where it was not shown live, prints it once. */
  readonly settle: () => void;
}

/**
 * Shows progress: live on a terminal; in a pipe or a file nothing that would be overwritten, only the finished table.
 *
 * @param stream usually standard output.
 */
export function createScreen(stream: Pick<NodeJS.WriteStream, "write" | "isTTY">): Screen {
  const states = new Map<string, ComponentState>();
  let shownRows = 0;
  let settled = false;
  const erase = (): string => (shownRows === 0 ? "" : `\u001B[${shownRows}A\u001B[J`);
  const draw = (above: string): void => {
    const live = stream.isTTY && !settled;
    const rows = live ? table(states) : [];
    stream.write(`${erase()}${above}${rows.map((row) => `${row}\n`).join("")}`);
    shownRows = rows.length;
  };
  return {
    say: (text) => draw(`${text}\n`),
    update: (name, state) => {
      states.set(name, state);
      if (stream.isTTY) draw("");
    },
    settle: () => {
      if (settled) return;
      const rows = table(states).map((row) => `${row}\n`);
      settled = true;
      draw(rows.join(""));
    },
  };
}

function table(states: ReadonlyMap<string, ComponentState>): string[] {
  const width = Math.max(0, ...[...states.keys()].map((name) => name.length));
  return [...states].map(([name, state]) => `  ${name.padEnd(width)}  ${describe(state)}`);
}

function describe(state: ComponentState): string {
  if (state.state === "waiting") return "waits";
  if (state.state === "starting") return "starting …";
  return `ready in ${(state.milliseconds / 1000).toFixed(1).padStart(4)} s`;
}
