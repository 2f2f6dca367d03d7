/** A backtest cannot be made; the message says why, where, and what to do, and ends without a full stop or newline. */
export class BacktestError extends Error {
  override readonly name = "BacktestError";
  readonly code = "BACKTEST";
}

/** Prometheus cannot answer so much at once: ask for less. */
export class TooMuchAtOnce extends BacktestError {}
