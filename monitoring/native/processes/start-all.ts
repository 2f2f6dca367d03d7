import type { Component, ComponentState } from "./component.ts";
import type { Supervisor } from "./supervisor.ts";

/**
 * Starts components side by side, each as soon as those that it waits for are ready. When one cannot be started the
 * others are not waited for, and what was started stays for the caller to stop.
 *
 * @param components each behind those that it names in `after`.
 * @param onState hears of every change.
 * @returns the milliseconds each needed, by name.
 * @throws the first error; a name in `after` that stands nowhere before is one (RangeError).
 */
export async function startAll(
  components: readonly Component[],
  supervisor: Supervisor,
  signal: AbortSignal,
  onState: (name: string, state: ComponentState) => void,
): Promise<ReadonlyMap<string, number>> {
  const giveUp = new AbortController();
  const either = AbortSignal.any([signal, giveUp.signal]);
  const starts = new Map<string, Promise<number>>();

  const begin = async (component: Component): Promise<number> => {
    onState(component.name, { state: "waiting" });
    await Promise.all(component.after.map((name) => earlier(starts, name, component.name)));
    onState(component.name, { state: "starting" });
    await component.prepare?.(either);
    const milliseconds = await supervisor.start(component, either);
    onState(component.name, { state: "ready", milliseconds });
    return milliseconds;
  };

  for (const component of components) {
    const start = begin(component);
    start.catch((error: unknown) => giveUp.abort(error));
    starts.set(component.name, start);
  }
  await Promise.allSettled(starts.values());
  either.throwIfAborted();
  return new Map(await Promise.all([...starts].map(async ([name, start]) => [name, await start] as const)));
}

function earlier(
  starts: ReadonlyMap<string, Promise<number>>,
  name: string,
  waiting: string,
): Promise<number> {
  const start = starts.get(name);
  if (start === undefined)
    throw new RangeError(`${waiting} waits for ${name}, which is not listed before it`);
  return start;
}
