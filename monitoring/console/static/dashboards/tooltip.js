// Says the values under the pointer; a click pins them, with the links of the nearest series.
import { formatValue } from "./units.js";

const MOST = 12;
const tips = new WeakMap();

/** Called by uPlot whenever its cursor has moved, here or on another graph of the page. */
export function showTip(plot, data, figure) {
  const { left, top, idx, event } = plot.cursor;
  const tip = tipOf(plot, data, figure);
  if (tip.classList.contains("pinned")) return;
  // A cursor that another graph moves is a line here, without words.
  const own = event !== undefined && event !== null && plot.over.matches(":hover");
  tip.hidden = !own || idx === null || idx === undefined || left < 0;
  if (tip.hidden) return;
  tip.replaceChildren(...content(plot, data, idx, top));
  place(tip, plot, left, figure);
}

function tipOf(plot, data, figure) {
  const known = tips.get(plot);
  if (known) return known;
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  figure.append(tip);
  tips.set(plot, tip);
  plot.over.addEventListener("click", () => pin(plot, data, tip));
  plot.over.addEventListener("mouseleave", () => {
    if (!tip.classList.contains("pinned")) tip.hidden = true;
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!tip.contains(target)) unpin(tip);
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") unpin(tip);
  });
  return tip;
}

function unpin(tip) {
  if (tip.classList.contains("pinned")) tip.hidden = true;
  tip.classList.remove("pinned");
}

/** A click keeps the words where they are, and adds where one can go from here. */
function pin(plot, data, tip) {
  const { idx, top } = plot.cursor;
  if (idx === null || idx === undefined) return;
  const series = nearest(plot, data, idx, top);
  if (!series || series.links.length === 0) return;
  const clicked = String(Math.round(plot.data[0][idx] * 1000));
  const links = series.links.map(([title, href]) => {
    const link = document.createElement("a");
    link.href = href.replaceAll("{clicked}", clicked);
    link.textContent = `${title} (${series.name})`;
    const line = document.createElement("p");
    line.append(link);
    return line;
  });
  tip.replaceChildren(...content(plot, data, idx, top), ...links);
  tip.hidden = false;
  tip.classList.add("pinned");
}

function content(plot, data, idx, top) {
  const time = plot.data[0][idx];
  const head = document.createElement("p");
  head.className = "muted";
  head.textContent = `${new Date(time * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const table = document.createElement("table");
  const close = nearest(plot, data, idx, top);
  const rows = data.series
    .map((series) => ({ series, value: series.values[idx] }))
    .filter(({ value }) => value !== null && value !== undefined)
    .toSorted((a, b) => b.value - a.value);
  for (const { series, value } of rows.slice(0, MOST)) {
    const row = table.insertRow();
    const name = document.createElement("th");
    name.scope = "row";
    name.append(swatch(series), series.name);
    row.append(name);
    row.insertCell().textContent = formatValue(value, series.unit, series.decimals ?? undefined);
    if (series === close && rows.length > 1) row.className = "near";
  }
  const more = rows.length - MOST;
  const marks = data.marks.filter(
    ([from, to]) => time >= from - plotStep(data) && time <= to + plotStep(data),
  );
  return [
    head,
    table,
    ...[...(more > 0 ? [`and ${more} more`] : []), ...marks.slice(0, 3).map(([, , , words]) => words)].map(
      paragraph,
    ),
  ];
}

function plotStep({ times }) {
  return times[1];
}

function paragraph(text) {
  const line = document.createElement("p");
  line.textContent = text;
  return line;
}

function swatch({ color, dashed }) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `swatch c-${color}`);
  svg.setAttribute("viewBox", "0 0 16 4");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M0 2H16");
  if (dashed) path.setAttribute("class", "dashed");
  svg.append(path);
  return svg;
}

/** The series whose line is closest to the pointer. */
function nearest(plot, { series }, idx, top) {
  let best;
  let least = Infinity;
  for (const [at, one] of series.entries()) {
    const value = plot.data[at + 1][idx];
    if (value === null || value === undefined) continue;
    const distance = Math.abs(plot.valToPos(value, "y") - top);
    if (distance < least) [least, best] = [distance, one];
  }
  return best;
}

/** Beside the pointer, on the side that has room. */
function place(tip, plot, left, figure) {
  const x = plot.over.offsetLeft + left;
  const onRight = x < figure.clientWidth / 2;
  tip.style.left = onRight ? `${x + 16}px` : "auto";
  tip.style.right = onRight ? "auto" : `${figure.clientWidth - x + 16}px`;
}
