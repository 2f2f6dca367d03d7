/** Everything that is printed of one SLO, before files are made of it. */
import type { Slo } from "../model.ts";
import type { LinkBases } from "../rules/annotations.ts";
import { sloGroups } from "../rules/slo-groups.ts";
import { printGroups } from "./rule-file.ts";
import type { RuleFormat } from "./rule-file.ts";
import { sloTests } from "./rule-tests/slo-tests.ts";
import type { Moments, SloTests } from "./rule-tests/slo-tests.ts";

export interface SloText {
  /** Its rule groups, as items of a file's list. */
  readonly groups: string;
  /** In the order in which they feed each other. */
  readonly groupNames: readonly string[];
  /** Absent where rules are printed without tests. */
  readonly tests?: SloTests;
}

export interface TextOptions {
  readonly format: RuleFormat;
  /** Where the links of the alerts lead. */
  readonly links: LinkBases;
  /** How many times faster than real time. */
  readonly timeScale: number;
}

/**
 * Prints one SLO.
 *
 * @param moments at which its service's tests look.
 * @throws RangeError when a window cannot be recorded, or the time scale is out of range.
 */
export function sloText(slo: Slo, moments: Moments, options: TextOptions): SloText {
  const { format, links, timeScale } = options;
  const groups = sloGroups(slo, links);
  return {
    groups: printGroups(groups, format, timeScale),
    groupNames: groups.map(({ name }) => name),
    // promtool reads plain files only, and the tests are about real time.
    ...(format === "prometheus" && timeScale === 1 && { tests: sloTests(slo, moments, links) }),
  };
}
