import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { sloSeries } from "../compiler/names.ts";
import { createStartUp, overviewFull } from "./start-up.ts";

describe("the table of start-up times", () => {
  it("says when each component was started and ready, and when the rest happened", () => {
    let now = 0;
    const startUp = createStartUp(() => now);
    startUp.note("order", { state: "waiting" });
    startUp.note("past", { state: "starting" });
    now = 1240;
    startUp.note("order", { state: "starting" });
    now = 2400;
    startUp.note("order", { state: "ready", milliseconds: 1160 });
    now = 11_060;
    startUp.note("past", { state: "ready", milliseconds: 11_060 });
    startUp.mark("SLO overview full");
    expect(startUp.table()).toBe(
      [
        "Start-up, in seconds since the command began:",
        "                      started     ready",
        "  order                   1.2       2.4",
        "  past                    0.0      11.1",
        "  SLO overview full                11.1",
      ].join("\n"),
    );
  });
});

interface Catalogue {
  readonly slos: readonly {
    readonly slo: string;
    readonly sli: string;
    readonly tiers: readonly { readonly longSeconds: number; readonly shortSeconds: number }[];
    readonly series: { readonly remaining: string; readonly ratio: string };
  }[];
}

describe("the SLO overview", () => {
  it("is full when nothing that it shows is missing, and not before", async () => {
    const file = new URL("../generated/slos.json", import.meta.url);
    const { slos } = JSON.parse(readFileSync(file, "utf8")) as Catalogue;
    const result = slos.flatMap(({ slo, sli, tiers, series }) => {
      const windows = tiers.flatMap(({ longSeconds, shortSeconds }) => [longSeconds, shortSeconds]);
      const names = windows.map((window) => sloSeries.burnRate(sli, window));
      return names.concat(series.ratio, series.remaining).map((__name__) => ({ metric: { slo, __name__ } }));
    });
    let missing = 1;
    const server = createServer((_, answer) => {
      answer.end(JSON.stringify({ data: { result: result.slice(missing) } }));
      missing = 0;
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { signal } = new AbortController();
    expect(await overviewFull(url, signal, 0)).toBe(false);
    expect(await overviewFull(url, signal, 5000)).toBe(true);
  });
});
