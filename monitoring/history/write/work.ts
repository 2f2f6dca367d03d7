/** Jobs that run side by side, a few at a time. */
export interface Work {
  /** Waits until there is room, then starts the job. @throws the error of a job that failed. */
  readonly add: (job: () => Promise<void>) => Promise<void>;
  /** Waits for all. @throws the error of a job that failed. */
  readonly end: () => Promise<void>;
  /** Waits until nothing runs any more, whatever became of it. */
  readonly settled: () => Promise<void>;
}

/** @param atATime how many jobs may run at once. */
export function createWork(atATime: number): Work {
  const running = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  const check = (): void => {
    if (failure !== undefined) throw failure.error;
  };
  return {
    async add(job) {
      while (running.size >= atATime) await Promise.race(running);
      check();
      const run = job().catch((error: unknown) => {
        failure ??= { error };
      });
      running.add(run);
      void run.finally(() => running.delete(run));
    },
    async end() {
      await Promise.all(running);
      check();
    },
    async settled() {
      await Promise.all(running);
    },
  };
}
