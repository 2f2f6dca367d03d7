import { z } from "zod";
import { sloSeries } from "../compiler/names.ts";
import { readSloFacts } from "../predict/slo-facts.ts";
import type { ComponentState } from "./processes/component.ts";
import { until } from "./until.ts";

/** When things happened, in milliseconds on the clock of `performance.now()`, which begins with this process. */
export interface StartUp {
  /** Hears of a component's state. */
  readonly note: (name: string, state: ComponentState) => void;
  /** Marks something that happened now. */
  readonly mark: (title: string) => void;
  /** All of it, as lines for a person. */
  readonly table: () => string;
}

interface Times {
  readonly started?: number;
  readonly ready?: number;
}

/** @param now the clock, in milliseconds. */
export function createStartUp(now: () => number = () => performance.now()): StartUp {
  const rows = new Map<string, Times>();
  return {
    note(name, { state }) {
      const row = rows.get(name);
      if (state === "starting") rows.set(name, { started: now() });
      else if (state === "ready") rows.set(name, { ...row, ready: now() });
      else rows.set(name, row ?? {});
    },
    mark: (title) => rows.set(title, { ready: now() }),
    table: () => {
      const seconds = (at: number | undefined): string =>
        (at === undefined ? "" : (at / 1000).toFixed(1)).padStart(10);
      const width = Math.max(...[...rows.keys()].map((name) => name.length));
      const lines = [...rows].map(
        ([name, { started, ready }]) => `  ${name.padEnd(width)}${seconds(started)}${seconds(ready)}`,
      );
      const head = `  ${"".padEnd(width)}${"started".padStart(10)}${"ready".padStart(10)}`;
      return ["Start-up, in seconds since the command began:", head, ...lines].join("\n");
    },
  };
}

const vectorSchema = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.object({ __name__: z.string(), slo: z.string() }) })),
  }),
});

/** Everything that an overview shows of any SLO. */
const SHOWN = `{__name__=~"slo:error_budget:.+|slo:.+:ratio_.+",slo!=""}`;

/**
 * Waits until every SLO has all that the overview shows: its budget, its ratio, and the burn rates of its tiers.
 *
 * @param deadlineMs how long to wait at most, in milliseconds.
 * @returns whether it has.
 */
export async function overviewFull(
  prometheusUrl: string,
  signal: AbortSignal,
  deadlineMs: number,
): Promise<boolean> {
  const wanted = readSloFacts().flatMap(({ slo, sli, tiers, series }) => {
    const windows = tiers.flatMap(({ longSeconds, shortSeconds }) => [longSeconds, shortSeconds]);
    const names = [series.remaining, series.ratio, ...windows.map((each) => sloSeries.burnRate(sli, each))];
    return names.map((name) => `${slo} ${name}`);
  });
  const url = `${prometheusUrl}/api/v1/query?query=${encodeURIComponent(SHOWN)}`;
  return until(
    async () => {
      const response = await fetch(url, { signal });
      const { result } = vectorSchema.parse(await response.json()).data;
      const there = new Set(result.map(({ metric }) => `${metric.slo} ${metric.__name__}`));
      return wanted.every((each) => there.has(each));
    },
    deadlineMs,
    signal,
    100,
  );
}
