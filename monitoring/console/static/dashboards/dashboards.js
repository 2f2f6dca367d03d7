// Keeps an open dashboard current, and draws its graphs with uPlot. Without it the page reads the same: the server has
// drawn every panel, and the form has a button.
import { drawChart } from "./chart.js";

const EVERY = 30_000;
/** How many panels are asked for at one moment. */
const AT_ONCE = 4;

const board = document.querySelector("[data-board]");
let renewed = Date.now();
let busy = false;

/** Draws each graph of a part of the page. */
function drawIn(part) {
  for (const figure of part.querySelectorAll("[data-chart]")) drawChart(figure);
}

/** Asks for each panel that can be seen, and renews it in place: focus, folds and scroll positions stay. */
async function refresh() {
  if (busy || document.hidden || !board) return;
  busy = true;
  renewed = Date.now();
  const { renew } = await import(document.querySelector('script[src^="/static/console.js"]').src);
  const waiting = [...board.querySelectorAll("[data-panel]")].filter(isNear);
  const work = async () => {
    for (let panel = waiting.shift(); panel; panel = waiting.shift()) await refreshPanel(panel, renew);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  busy = false;
}

async function refreshPanel(panel, renew) {
  // Whoever reads a value or an open link in it is not disturbed.
  if (panel.matches(":hover") && panel.querySelector(".tip")) return;
  try {
    const response = await fetch(`${location.pathname}/panels/${panel.dataset.panel}${location.search}`);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.getElementById(panel.id);
    if (!fresh) return;
    renew(panel, fresh);
    drawIn(panel);
  } catch {
    // The banner of the page says that the console does not answer.
  }
}

/** In the window, or less than its height away. */
function isNear(panel) {
  const { top, bottom } = panel.getBoundingClientRect();
  return bottom > -innerHeight / 2 && top < innerHeight * 1.5;
}

function refreshIfDue() {
  if (Date.now() - renewed >= EVERY) void refresh();
}

if (board) {
  drawIn(board);
  setInterval(refreshIfDue, 1000);
  document.addEventListener("visibilitychange", refreshIfDue);
}

const form = document.querySelector("[data-controls]");
form?.addEventListener("change", ({ target }) => {
  if (target.matches("select")) form.requestSubmit();
});

/** An open description or choice closes by Escape, and by a click elsewhere. */
function closeAll(but) {
  for (const open of document.querySelectorAll(".info[open], .controls details[open]"))
    if (open !== but) open.open = false;
}
document.addEventListener("click", ({ target }) => closeAll(target.closest("details")));
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") closeAll(null);
});
