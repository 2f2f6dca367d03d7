import { constants } from "node:os";

const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Somebody asked the runner to stop: Ctrl-C, `kill`, or a terminal that was closed. */
export class StopRequest extends Error {
  override readonly name = "StopRequest";
  /** What a shell reports for a program that this signal ended. */
  readonly exitCode: number;

  constructor(signal: (typeof stopSignals)[number]) {
    super(`Stopped by ${signal} before everything was ready; nothing is left running.`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Takes over Ctrl-C, SIGTERM and SIGHUP for the life of this process: the first one aborts, later ones change nothing,
 * because stopping has its own deadline.
 */
export function listenForStop(): AbortSignal {
  const controller = new AbortController();
  for (const signal of stopSignals) process.on(signal, () => controller.abort(new StopRequest(signal)));
  return controller.signal;
}
