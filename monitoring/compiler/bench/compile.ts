/** `npm run bench:compile`: time and memory to compile 10, 100, 1,000 and 5,000 SLOs, each in a process of its own. */
import { execFileSync } from "node:child_process";
import { compileSlos } from "../emit/compile.ts";
import { availability, latency } from "../emit/lab-slos.ts";

const counts = [10, 100, 1000, 5000];
/** The promise, in milliseconds: a thousand SLOs, tests and all. */
const limit = { slos: 1000, milliseconds: 2000 };
const slosPerService = 5;

interface Measurement {
  readonly slos: number;
  readonly milliseconds: number;
  readonly peakMegabytes: number;
  readonly files: number;
  readonly megabytes: number;
}

const [asked] = process.argv.slice(2);
if (asked === undefined) compare();
else process.stdout.write(JSON.stringify(measure(Number(asked))));

function measure(slos: number): Measurement {
  const input = Array.from({ length: slos }, (_, index) => {
    const service = `service-${Math.floor(index / slosPerService)}`;
    const name = `${service}-${index % slosPerService}`;
    return index % 2 === 0 ? availability(service, { name }) : latency(service, { name });
  });
  const started = performance.now();
  const files = compileSlos(input);
  const milliseconds = performance.now() - started;
  const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(file.content), 0);
  // Kilobytes, on every system that Node runs on.
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  return { slos, milliseconds, peakMegabytes, files: files.length, megabytes: bytes / 1e6 };
}

function compare(): void {
  process.stdout.write("   SLOs        ms   ms/SLO   peak MB   files   output MB\n");
  for (const slos of counts) {
    const result = JSON.parse(
      execFileSync(process.execPath, [import.meta.filename, String(slos)], { encoding: "utf8" }),
    ) as Measurement;
    const columns = [
      String(result.slos).padStart(7),
      result.milliseconds.toFixed(0).padStart(9),
      (result.milliseconds / result.slos).toFixed(2).padStart(8),
      result.peakMegabytes.toFixed(0).padStart(9),
      String(result.files).padStart(7),
      result.megabytes.toFixed(1).padStart(11),
    ];
    process.stdout.write(`${columns.join(" ")}\n`);
    if (result.slos !== limit.slos || result.milliseconds < limit.milliseconds) continue;
    process.stderr.write(`${limit.slos} SLOs took more than ${limit.milliseconds} ms\n`);
    process.exitCode = 1;
  }
}
