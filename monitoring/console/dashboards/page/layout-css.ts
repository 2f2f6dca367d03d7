import { digestOf } from "../../digest.ts";
import type { ReadDashboard } from "../schema/read.ts";
import type { Panel, Row } from "../schema/panel.ts";

/** A panel or the heading of a row, in the order and at the place in which it is shown. */
export type Cell = (Panel | Row) & { readonly id: number };

/** Where a cell is on Grafana's grid of 24 columns. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Panels and rows from top to bottom. A row that is collapsed in the file is open here, and moves what is beneath it. */
export function cellsOf({
  panels,
}: Pick<ReadDashboard, "panels">): { readonly cell: Cell; readonly place: Place }[] {
  const cells: { cell: Cell; place: Place }[] = [];
  let end = 0;
  let moved = 0;
  const put = (cell: Cell, at: Place): void => {
    cells.push({ cell, place: at });
    end = Math.max(end, at.y + at.h);
  };
  for (const cell of panels) {
    const size = cell.type === "row" ? { x: 0, w: 24, h: 1 } : { x: 0, w: 24, h: 8 };
    const own =
      cell.gridPos === undefined ? { ...size, y: end } : { ...cell.gridPos, y: cell.gridPos.y + moved };
    put(cell, own);
    if (cell.type !== "row") continue;
    const before = end;
    for (const inner of cell.panels as readonly (Panel & { id: number })[])
      put(
        inner,
        inner.gridPos === undefined
          ? { x: 0, w: 24, h: 8, y: end }
          : { ...inner.gridPos, y: inner.gridPos.y + moved },
      );
    moved += end - before;
  }
  return cells.toSorted((a, b) => a.place.y - b.place.y || a.place.x - b.place.x);
}

/** The places as a style sheet of its own: the content policy allows no style in the page. */
export function layoutCss(dashboard: Pick<ReadDashboard, "panels">): string {
  const rules = cellsOf(dashboard).map(
    ({ cell: { id }, place: { x, y, w, h } }) =>
      `#panel-${id}{grid-area:${y + 1}/${x + 1}/${y + 1 + h}/${x + 1 + w}}`,
  );
  return `@media (min-width:961px){${rules.join("")}}`;
}

/** The address of the style sheet, which changes with it. */
export function layoutCssAddress(dashboard: ReadDashboard): string {
  return `/dashboards/${dashboard.uid}/layout.css?${digestOf(layoutCss(dashboard)).slice(0, 12)}`;
}
