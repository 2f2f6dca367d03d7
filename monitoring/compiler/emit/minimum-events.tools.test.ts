import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DAY, MINUTE } from "../duration.ts";
import type { Slo } from "../model.ts";
import { defaultTiers, tiersFor } from "../windows.ts";
import { compileSlos } from "./compile.ts";
import { alerting, availability, latency } from "./lab-slos.ts";

const run = promisify(execFile);
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "burnrate-minimum-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const slices = { method: "Timeslices", sliceSeconds: MINUTE, sliceTarget: 0.95 } as const;
const goodEvents = {
  kind: "events",
  good: { query: `http_requests_total{service="order",status!~"5.."}`, counter: true },
  total: { query: `http_requests_total{service="order"}`, counter: true },
} as const;
const gauge = { kind: "threshold-samples", query: "node_load1", op: "lte", value: 2 } as const;

const shapes: readonly ((change: Partial<Slo>) => Slo)[] = [
  (change) => availability("order", change),
  (change) => availability("order", { ...change, indicator: goodEvents }),
  (change) => latency("order", change),
  (change) => availability("order", { ...change, indicator: gauge }),
  (change) => availability("order", { ...change, budgeting: slices }),
  (change) => latency("order", { ...change, budgeting: slices }),
];

/** One tier whose counts are raw and one whose counts are recorded. */
const tiers = tiersFor(defaultTiers, 30 * DAY).filter(({ name }) => /page-fast|ticket-slow/.test(name));

// Up to 10,000 events the usual traffic of a test is enough; a million needs more of it.
it.each([
  { minimumEvents: 1, tests: /burn rate of/ },
  { minimumEvents: 10_000, tests: /burn rate of/ },
  { minimumEvents: 1_000_000, tests: /burn rate of|100% bad/ },
])(
  "a minimum of $minimumEvents events keeps the rule tests of every shape",
  async ({ minimumEvents, tests }) => {
    const files = await Promise.all(
      shapes.map(async (shape, index) => {
        const slo = shape({ alerting: alerting({ minimumEvents, tiers }) });
        const compiled = compileSlos([slo], { application: false });
        const content = (path: string): string => compiled.find((file) => file.path === path)?.content ?? "";
        await writeFile(join(folder, `${index}.yml`), content("rules/order.yml"));
        const [head = "", ...all] = content("rule-tests/order_test.yml").split(/(?=^ {2}- name: )/m);
        const chosen = all.filter((test) => tests.test(test.slice(0, test.indexOf("\n"))));
        expect(chosen.length).toBeGreaterThan(1);
        const path = join(folder, `${index}_test.yml`);
        await writeFile(path, head.replace("../rules/order.yml", `${index}.yml`) + chosen.join(""));
        return path;
      }),
    );
    const { stdout } = await run("promtool", ["test", "rules", ...files]);
    expect(stdout.match(/SUCCESS/g)).toHaveLength(shapes.length);
  },
);
