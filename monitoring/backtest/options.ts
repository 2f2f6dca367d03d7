/** The command line of `slo backtest`, checked. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { paths } from "../compiler/cli/options.ts";
import { parseDuration } from "../compiler/openslo/convert/duration.ts";
import { parseDuration as parseStep } from "../compiler/duration.ts";
import { parseIncidents } from "../history/incidents.ts";
import type { IncidentsFile } from "../history/incidents.ts";
import { BacktestError } from "./errors.ts";
import { builtInPolicies } from "./policies/built-in.ts";
import { parsePolicy } from "./policies/policy-file.ts";
import type { Policy } from "./policies/policy.ts";

const url = z
  .string({ error: "want the address of a Prometheus, such as http://127.0.0.1:9090" })
  .refine((text) => /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : ""), {
    error: "want an http or https address, such as http://127.0.0.1:9090",
  });

/** A moment: ISO 8601, or a length of time before now. */
const moment = z.string().refine((text) => readMoment(text, 0) !== undefined, {
  error: "want a moment such as 2026-11-01T00:00:00Z, or a time ago such as 30d",
});
const step = z
  .string()
  .transform((text) => {
    try {
      return parseStep(text);
    } catch {
      return Number.NaN;
    }
  })
  .refine((seconds) => seconds >= 0.05, { error: "want a duration such as 60s or 5m" });
const scale = z
  .string()
  .transform(Number)
  .refine((number) => number >= 1 && number <= 60, { error: "want a number from 1 to 60" });

export const backtestForms = {
  prometheus: "value",
  from: "value",
  to: "value",
  incidents: "value",
  policy: "value",
  step: "value",
  "time-scale": "value",
  "bearer-token-file": "value",
  header: "value",
  json: "flag",
} as const;

export const backtestSchema = z.strictObject({
  paths,
  prometheus: url,
  from: moment.optional(),
  to: moment.optional(),
  incidents: z.string().optional(),
  policy: z.string().default(builtInPolicies.map(({ name }) => name).join(",")),
  step: step.optional(),
  "time-scale": scale.default(1),
  "bearer-token-file": z.string().optional(),
  header: z.string().optional(),
  json: z.boolean().default(false),
});
export type BacktestOptions = z.output<typeof backtestSchema>;

/** Reads a moment, in seconds since 1970; undefined when it is none. */
function readMoment(text: string, now: number): number | undefined {
  const ago = parseDuration(text);
  if (ago !== undefined) return now - ago.seconds;
  const at = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at / 1000;
}

/**
 * The range: what the command line says, else what the incidents' file covers, else the last 30 days.
 *
 * @param now seconds since 1970.
 * @throws BacktestError when it ends before it begins.
 */
export function readRange(
  options: Pick<BacktestOptions, "from" | "to">,
  incidents: IncidentsFile | undefined,
  now: number,
): { from: number; to: number } {
  const to = Math.min(now, (options.to === undefined ? undefined : readMoment(options.to, now)) ?? now);
  const begin = incidents === undefined ? to - 30 * 86_400 : Date.parse(incidents.from) / 1000;
  const from = (options.from === undefined ? undefined : readMoment(options.from, now)) ?? begin;
  if (from < to) return { from, to };
  const [start, end] = [from, to].map((seconds) => new Date(seconds * 1000).toISOString());
  throw new BacktestError(
    `the range begins at ${start}, which is not before its end, ${end}. Swap --from and --to`,
  );
}

/** Reads the incidents' file. @throws BacktestError or IncidentsError */
export function readIncidents(file: string | undefined): IncidentsFile | undefined {
  return file === undefined ? undefined : parseIncidents(readText(file), file);
}

/** Reads `--policy`: names of built-in policies and files, apart by commas. @throws BacktestError */
export function readPolicies(list: string): Policy[] {
  const policies = list.split(",").map((word) => {
    const builtIn = builtInPolicies.find(({ name }) => name === word.trim());
    if (builtIn !== undefined) return builtIn;
    if (/[./\\]/.test(word)) return parsePolicy(readText(word.trim()), word.trim());
    const names = builtInPolicies.map(({ name }) => name).join(", ");
    throw new BacktestError(
      `--policy: there is no policy ${JSON.stringify(word)}; want ${names}, or a file such as ./policy.yaml`,
    );
  });
  const twice = policies.find(({ name }, index) => policies.findIndex((one) => one.name === name) !== index);
  if (twice === undefined) return policies;
  throw new BacktestError(`--policy: two policies are called ${twice.name}; name each once`);
}

/** The headers of each request: who asks. @returns also the address without user and password. @throws BacktestError */
export function readAccess(options: Pick<BacktestOptions, "prometheus" | "bearer-token-file" | "header">): {
  readonly url: string;
  readonly headers: Record<string, string>;
} {
  const url = new URL(options.prometheus);
  const headers: Record<string, string> = {};
  if (url.username !== "") {
    const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers["authorization"] = `Basic ${Buffer.from(login).toString("base64")}`;
    [url.username, url.password] = ["", ""];
  }
  const file = options["bearer-token-file"];
  if (file !== undefined) headers["authorization"] = `Bearer ${readText(file).trim()}`;
  if (options.header !== undefined) {
    const [, name, value] = /^([\w-]+):\s*(\S[^\r\n]*)$/.exec(options.header) ?? [];
    // Its value may be a secret, so it is not repeated.
    if (name === undefined || value === undefined) throw new BacktestError('--header: want "Name: value"');
    headers[name.toLowerCase()] = value;
  }
  return { url: url.href.replace(/\/+$/, ""), headers };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (error as Error).message;
    throw new BacktestError(`${file}: ${reason}`, { cause: error });
  }
}
