import type { Marks } from "../data/annotations.ts";
import type { PageScope } from "../data/load.ts";

/** What every panel of a page is drawn with. */
export interface DrawContext {
  readonly scope: PageScope;
  /** Pages, faults, deployments: what is drawn across every graph. */
  readonly marks: Marks;
  /** Where a browser finds Grafana; null where there is none. */
  readonly grafana: string | null;
}
