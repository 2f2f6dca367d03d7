import { exact } from "../../compiler/decimal.ts";
import type { Budgeting } from "../../compiler/model.ts";

/** Bad and all events of a step, or of a slice that counts as an event. */
export interface Counted {
  readonly bad: number;
  readonly total: number;
}

const nothing: Counted = { bad: 0, total: 0 };

/**
 * Turns steps into what the budget counts. Occurrences: the steps themselves. The slice methods: at the end of each slice
 * its verdict, and nothing in between, as `compiler/rules/slices.ts` records it.
 *
 * @param budgeting how the SLO counts; slices begin at multiples of their length since 1970.
 * @returns a function of a step's end (seconds since 1970), and of its events; `total` is NaN where nothing is known.
 */
export function budgetCounter(budgeting: Budgeting): (time: number, events: Counted) => Counted {
  if (budgeting.method === "Occurrences") {
    return (_, { bad, total }) => (Number.isNaN(total) ? nothing : { bad, total });
  }
  const { sliceSeconds } = budgeting;
  let known = false;
  let [bad, total] = [0, 0];
  const verdict = (): Counted => {
    if (!known) return nothing;
    const share = total > 0 ? bad / total : 0;
    if (budgeting.method === "RatioTimeslices") return total > 0 ? { bad: share, total: 1 } : nothing;
    return { bad: share > exact(1 - budgeting.sliceTarget) ? 1 : 0, total: 1 };
  };
  return (time, step) => {
    if (!Number.isNaN(step.total)) {
      known = true;
      bad += step.bad;
      total += step.total;
    }
    const slices = time / sliceSeconds;
    if (Math.abs(slices - Math.round(slices)) * sliceSeconds > 1e-3) return nothing;
    const counted = verdict();
    [known, bad, total] = [false, 0, 0];
    return counted;
  };
}
