import type { Panel } from "./shape.ts";

/** Grafana's grid. */
const COLUMNS = 24;

export interface Finding {
  readonly panel: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** Panels that lie over each other or beside the grid. */
export function checkLayout(panels: readonly Panel[]): Finding[] {
  const outside = panels
    .filter(({ gridPos: { x, w } }) => x < 0 || w < 1 || x + w > COLUMNS)
    .map(({ title, gridPos: { x, w } }) => ({
      panel: title,
      message: `columns ${x} to ${x + w} do not fit on the grid of ${COLUMNS}. Make it narrower`,
    }));
  const overlapping = panels.flatMap((panel, index) =>
    panels
      .slice(0, index)
      .filter((other) => overlap(panel, other))
      .map((other) => ({
        panel: panel.title,
        message: `lies over the panel "${other.title}". Let the widths of each line of panels add up to ${COLUMNS}`,
      })),
  );
  return [...outside, ...overlapping];
}

function overlap({ gridPos: a }: Panel, { gridPos: b }: Panel): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
