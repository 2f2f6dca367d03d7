const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Lets Ctrl-C and other wishes to end wait, while files are moved that must be moved all or not at all.
 *
 * @returns what ends the waiting: the signal that came meanwhile, if any, is sent again.
 */
export function holdSignals(): () => void {
  let came: NodeJS.Signals | undefined;
  const note = (signal: NodeJS.Signals): void => void (came = signal);
  for (const signal of signals) process.on(signal, note);
  return () => {
    for (const signal of signals) process.off(signal, note);
    if (came !== undefined) process.kill(process.pid, came);
  };
}
