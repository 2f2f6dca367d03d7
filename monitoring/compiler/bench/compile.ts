/**
 * `npm run bench:compile`: time and memory from OpenSLO files to the text of rules and tests, for 10, 100, 1,000 and
 * 5,000 SLOs. Each is done three times, in a process of its own, and the fastest is printed: what else a machine does only
 * adds. Processor seconds stand beside the clock's: on a busy machine read those.
 * A platform's SLOs are of few shapes, and a shape is printed once; what 1,000 cost of which no two have the same
 * objective stands below.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileEach } from "../emit/compile.ts";
import { loadSlos } from "../openslo/load.ts";

/** How many, and whether each has an objective of its own. */
const rows: readonly (readonly [slos: number, unlike: boolean])[] = [
  [10, false],
  [100, false],
  [1000, false],
  [5000, false],
  [1000, true],
];
/** The promise, in milliseconds: a thousand SLOs, tests and all. */
const limit = { slos: 1000, milliseconds: 2000 };
/** How often each is measured. */
const times = 3;
/** The lab's file that is repeated for one service after another. */
const template = { path: "monitoring/slo/order.yaml", service: "order", slos: 2 };

interface Measurement {
  readonly slos: number;
  readonly readMilliseconds: number;
  readonly compileMilliseconds: number;
  readonly cpuMilliseconds: number;
  readonly peakMegabytes: number;
  readonly files: number;
  readonly megabytes: number;
}

const [folder] = process.argv.slice(2);
if (folder === undefined) compare();
else process.stdout.write(JSON.stringify(measure(folder)));

function measure(input: string): Measurement {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { slos, problems } = loadSlos([input]);
  const read = performance.now();
  let files = 0;
  let bytes = 0;
  // One after the other, as the command line takes them; to know its bytes, each must be a whole text.
  for (const { content } of compileEach(slos)) {
    files += 1;
    bytes += Buffer.byteLength(content);
  }
  const compiled = performance.now();
  const { user, system } = process.cpuUsage(cpu);
  if (problems.length > 0) throw new Error(`the benchmark's own files have ${problems.length} problems`);
  return {
    slos: slos.length,
    readMilliseconds: read - started,
    compileMilliseconds: compiled - read,
    cpuMilliseconds: (user + system) / 1000,
    // Kilobytes, on every system that Node runs on.
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    files,
    megabytes: bytes / 1e6,
  };
}

function compare(): void {
  process.stdout.write(
    "   SLOs   read ms  compile ms    all ms   ms/SLO    CPU ms   peak MB   files   output MB\n",
  );
  for (const [slos, unlike] of rows) {
    const result = measureApart(slos, unlike);
    const all = result.readMilliseconds + result.compileMilliseconds;
    const columns = [
      String(result.slos).padStart(7),
      result.readMilliseconds.toFixed(0).padStart(9),
      result.compileMilliseconds.toFixed(0).padStart(11),
      all.toFixed(0).padStart(9),
      (all / result.slos).toFixed(2).padStart(8),
      result.cpuMilliseconds.toFixed(0).padStart(9),
      result.peakMegabytes.toFixed(0).padStart(9),
      String(result.files).padStart(7),
      result.megabytes.toFixed(1).padStart(11),
    ];
    process.stdout.write(`${columns.join(" ")}${unlike ? "  no two objectives the same" : ""}\n`);
    if (unlike || result.slos !== limit.slos || all < limit.milliseconds) continue;
    process.stderr.write(`${limit.slos} SLOs took more than ${limit.milliseconds} ms\n`);
    process.exitCode = 1;
  }
}

function measureApart(slos: number, unlike: boolean): Measurement {
  const input = mkdtempSync(join(tmpdir(), "burnrate-bench-"));
  try {
    writeSlos(input, slos, unlike);
    const all = Array.from({ length: times }, () => measureIn(input));
    const milliseconds = (each: Measurement): number => each.readMilliseconds + each.compileMilliseconds;
    return all.reduce((best, each) => (milliseconds(each) < milliseconds(best) ? each : best));
  } finally {
    rmSync(input, { recursive: true, force: true });
  }
}

function measureIn(input: string): Measurement {
  const command = [...process.execArgv, import.meta.filename, input];
  return JSON.parse(execFileSync(process.execPath, command, { encoding: "utf8" })) as Measurement;
}

function writeSlos(input: string, slos: number, unlike: boolean): void {
  const text = readFileSync(template.path, "utf8");
  mkdirSync(input, { recursive: true });
  const name = new RegExp(`\\b${template.service}\\b`, "g");
  for (let index = 0; index < slos / template.slos; index++) {
    const named = text.replaceAll(name, `service-${index}`);
    // From 0.999 to 0.99900499, and from 0.99 to 0.99000499.
    const own = unlike
      ? named.replaceAll(
          /(?<=target: )0\.99+/g,
          (target) => `${target.padEnd(5, "0")}00${String(index).padStart(3, "0")}`,
        )
      : named;
    writeFileSync(join(input, `service-${index}.yaml`), own);
  }
}
