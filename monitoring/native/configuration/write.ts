import { cp, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { parse, stringify } from "yaml";
import { optionalComponents } from "../components/not-running.ts";
import type { Plan } from "../components/plan.ts";
import { NativeError } from "../errors.ts";
import { runCommand } from "../processes/command.ts";
import { replaceFile } from "../state/replace-file.ts";
import { deriveAlertmanager, type DerivedAlertmanager } from "./alertmanager.ts";
import { hostsAt } from "./hosts.ts";
import { deriveLoki } from "./loki.ts";
import { configurationFiles } from "./paths.ts";
import { derivePrometheus } from "./prometheus.ts";
import { writeRules } from "./rules.ts";

const monitoring = path.resolve(import.meta.dirname, "../..");

/** Said at the top of every derived file. */
const NOTICE = "Derived by npm run demo at each start; a change here is lost.";

/**
 * Derives the configuration of Prometheus, Alertmanager and, where it is, Loki into the state folder, and has promtool,
 * amtool and Loki check it.
 *
 * @throws NativeError BAD_CONFIGURATION that names the hand-written file and what is wrong with it.
 */
export async function writeConfiguration(plan: Plan, signal: AbortSignal): Promise<void> {
  const files = configurationFiles(plan.stateDirectory);
  const absent = optionalComponents.filter((tool) => plan.toolbox[tool] === undefined);
  const hosts = hostsAt(plan.ports, absent);

  const { scrapeSeconds } = await derive("prometheus/prometheus.yml", files.prometheus, (source) =>
    derivePrometheus(source, hosts, plan.timeScale),
  );
  const target = path.dirname(files.prometheus);
  await named("rules", () =>
    writeRules({
      monitoring,
      target,
      timeScale: plan.timeScale,
      scrapeSeconds,
      additions: plan.additions?.rules,
    }),
  );

  const context = { hosts, timeScale: plan.timeScale, secretsDirectory: files.secrets };
  const { secrets } = await derive("alertmanager/alertmanager.yml", files.alertmanager, (source) =>
    withAdditions(deriveAlertmanager(source, context), plan),
  );
  for (const [name, secret] of secrets) await replaceFile(path.join(files.secrets, name), secret, 0o600);
  const templates = path.join(path.dirname(files.alertmanager), "templates");
  await rm(templates, { recursive: true, force: true });
  await cp(path.join(monitoring, "alertmanager/templates"), templates, { recursive: true });

  const { loki } = plan.toolbox;
  if (loki !== undefined) await derive("loki/loki.yml", files.loki, (source) => deriveLoki(source, plan));

  await Promise.all([
    ...(loki === undefined ? [] : [check(loki, [`-config.file=${files.loki}`, "-verify-config"], signal)]),
    check(plan.toolbox.promtool ?? "promtool", ["check", "config", files.prometheus], signal),
    check(plan.toolbox.amtool ?? "amtool", ["check-config", files.alertmanager], signal),
  ]);
}

function withAdditions(derived: DerivedAlertmanager, { additions }: Plan): DerivedAlertmanager {
  return additions === undefined ? derived : { ...derived, config: additions.alertmanager(derived.config) };
}

async function derive<T extends { readonly config: unknown }>(
  name: string,
  target: string,
  change: (source: unknown) => T,
): Promise<T> {
  return named(name, async () => {
    const derived = change(parse(await readFile(path.join(monitoring, name), "utf8"), { merge: true }));
    await replaceFile(target, `# ${NOTICE} From monitoring/${name}.\n${stringify(derived.config)}`);
    return derived;
  });
}

/** Says in whose name something went wrong. */
async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new NativeError("BAD_CONFIGURATION", `monitoring/${name}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function check(tool: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const { exitCode, output } = await runCommand(tool, args, { signal });
  if (exitCode === 0) return;
  throw new NativeError(
    "BAD_CONFIGURATION",
    `${path.basename(tool)} ${args.join(" ")} refuses:\n${output.trim()}`,
  );
}
