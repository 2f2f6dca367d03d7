/** What an alert does at an evaluation. */
export type Change = "fires" | "ends" | undefined;

/**
 * One alert through time, as Prometheus keeps it: pending from the first evaluation at which its condition holds, firing
 * once it has held for `for`, over at the first at which it does not.
 *
 * @param forSeconds the alert's `for`.
 * @returns a function of an evaluation's time, in seconds, and of whether the condition holds.
 */
export function alertState(forSeconds: number): (time: number, holds: boolean) => Change {
  let since: number | undefined;
  let firing = false;
  return (time, holds) => {
    if (!holds) {
      const change = firing ? "ends" : undefined;
      since = undefined;
      firing = false;
      return change;
    }
    since ??= time;
    // A scaled `for` and scaled steps are no whole numbers of seconds.
    if (firing || time - since < forSeconds - 1e-6) return undefined;
    firing = true;
    return "fires";
  };
}
