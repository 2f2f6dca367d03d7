/** Mutants that no test can notice, each with its reason: excuses.yaml. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { Candidate } from "./hunt.ts";

const excuseSchema = z.strictObject({
  /** The recorded name, or the alert and its tier. */
  rule: z.string().min(1),
  /** As the report prints it: what is changed into what, and where in the expression. */
  change: z.string().min(1),
  reason: z.string().min(20),
});

type Excuse = z.infer<typeof excuseSchema>;

/** Reads the committed list; throws ZodError when an entry lacks something. */
export function readExcuses(): Excuse[] {
  const text = readFileSync(new URL("excuses.yaml", import.meta.url), "utf8");
  return z.array(excuseSchema).parse(parse(text) ?? []);
}

/** Survivors told apart by whether the list explains them, and entries that explain no survivor. */
interface Verdict {
  readonly explained: readonly (Candidate & { readonly reason: string })[];
  readonly unexplained: readonly Candidate[];
  readonly stale: readonly Excuse[];
}

/**
 * Compares survivors with the list.
 *
 * @param tried every mutant that was tried: an entry about another one is not judged.
 * @param isWhole whether all there are were tried, so that an entry about none of them is stale too.
 */
export function judge(
  survivors: readonly Candidate[],
  tried: readonly Candidate[],
  excuses: readonly Excuse[],
  isWhole: boolean,
): Verdict {
  const reasons = new Map(excuses.map((excuse) => [keyOf(excuse.rule, excuse.change), excuse.reason]));
  const reasonOf = ({ rule, mutant }: Candidate): string | undefined =>
    reasons.get(keyOf(rule, mutant.change));
  const alive = new Set(survivors.map(({ rule, mutant }) => keyOf(rule, mutant.change)));
  const known = new Set(tried.map(({ rule, mutant }) => keyOf(rule, mutant.change)));
  return {
    explained: survivors.flatMap((survivor) => {
      const reason = reasonOf(survivor);
      return reason === undefined ? [] : [{ ...survivor, reason }];
    }),
    unexplained: survivors.filter((survivor) => reasonOf(survivor) === undefined),
    stale: excuses.filter(({ rule, change }) => {
      const key = keyOf(rule, change);
      return !alive.has(key) && (isWhole || known.has(key));
    }),
  };
}

function keyOf(rule: string, change: string): string {
  return `${rule}: ${change}`;
}
