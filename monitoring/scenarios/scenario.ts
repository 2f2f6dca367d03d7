import { ConfigError } from "../../services/kit/config.ts";
import { createSwitches } from "../faults/switches.ts";
import { NativeError } from "../native/errors.ts";
import { listenForStop } from "../native/stop-request.ts";
import { firingTiers, unexpected, type FiringTier } from "./alerts.ts";
import { listScenarios, parseCommand, usage, type ScenarioCommand } from "./command.ts";
import { loadScenario, ScenarioError } from "./load.ts";
import { describeStep, describeTime, planEnd, planScenario } from "./plan.ts";
import { createProgress, type Progress } from "./progress.ts";
import { runScenario } from "./run.ts";

/** How often the alerts are looked at, in milliseconds. */
const LOOK_EVERY_MS = 1000;

/**
 * `npm run scenario`.
 *
 * @returns the exit code: 0 what it expects came; 1 it did not, or something failed on the way; 2 nothing was begun; 130
 *   and the like when it was ended by a signal.
 */
export async function scenarioCommand(args: readonly string[]): Promise<number> {
  const stop = listenForStop();
  try {
    const command = parseCommand(args, process.env);
    if (command === "help" || command === "list") {
      process.stdout.write(command === "help" ? usage : listScenarios());
      return 0;
    }
    return await carryOut(command, stop);
  } catch (error) {
    if (stop.aborted) return (stop.reason as { readonly exitCode: number }).exitCode;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof NativeError) return error.exitCode;
    return error instanceof ScenarioError || error instanceof ConfigError ? 2 : 1;
  }
}

async function carryOut(command: ScenarioCommand, stop: AbortSignal): Promise<number> {
  const { timeScale, seed, prometheusUrl } = command;
  const scenario = loadScenario(command.name);
  const plan = planScenario(scenario, { timeScale, seed });
  const lastsMs = planEnd(scenario, plan, timeScale);
  const progress = createProgress(process.stdout, lastsMs);
  progress.say(`${scenario.title}, ${describeTime(lastsMs)}. ${scenario.description.trim()}`);
  for (const step of plan) progress.say(`  at ${describeTime(step.atMs)}  ${describeStep(step)}`);

  const watch = watchAlerts(prometheusUrl, progress);
  await watch.look();
  const looking = setInterval(() => void watch.look(), LOOK_EVERY_MS);
  try {
    await runScenario(scenario, createSwitches(command.switches), {
      timeScale,
      seed,
      signal: stop,
      onEvent: (event) => {
        if (event.kind === "step") progress.say(`on:   ${describeStep(event.step)}`);
        if (event.kind === "undone") progress.say(`Ended early; ${event.count} switched off.`);
      },
    });
  } finally {
    clearInterval(looking);
    progress.end();
  }
  await watch.look();
  if (watch.failure() !== undefined) {
    progress.say(`Whether alerts came is unknown: ${watch.failure()}.`);
    return 1;
  }
  const wrong = unexpected(scenario, watch.fired());
  progress.say(wrong.length === 0 ? "Over. The alerts are those that were expected." : wrong.join("\n"));
  return wrong.length === 0 ? 0 : 1;
}

/** Notes each tier that begins to fire, and says so; what fires already at the first look is not this scenario's. */
function watchAlerts(prometheusUrl: string, progress: Progress) {
  const known = new Map<string, FiringTier>();
  const fired: FiringTier[] = [];
  let looks = 0;
  let failure: string | undefined;
  return {
    fired: () => fired,
    failure: () => failure,
    look: async (): Promise<void> => {
      const now = await firingTiers(prometheusUrl).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        failure ??= `${prometheusUrl} does not answer as a Prometheus does (${why})`;
        return [];
      });
      for (const each of now) {
        const key = `${each.slo} ${each.tier}`;
        if (known.get(key)?.activeAt === each.activeAt) continue;
        known.set(key, each);
        if (looks === 0) progress.say(`fires already: ${key}`);
        else {
          fired.push(each);
          progress.say(`fires: ${key}`);
        }
      }
      looks += 1;
    },
  };
}
