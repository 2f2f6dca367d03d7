// Keeps an open page current. Without it the pages read the same, after a reload.
// The server says that something has changed; the page fetches itself again and renews, in place, each element that
// carries `data-live` and an id. What the server sends is escaped already, and is only ever moved as parsed nodes.

const offline = document.getElementById("offline");
let shown = Number(document.body.dataset.version);
let busy = false;
let again = false;

/** A page that renews its own body names here where the rest of it comes from; null on all others. */
const elsewhere = document.querySelector("[data-live-from]")?.dataset.liveFrom ?? null;

async function refresh() {
  again = true;
  if (busy) return;
  busy = true;
  while (again) {
    again = false;
    try {
      const response = await fetch(elsewhere ?? location.href, { headers: { accept: "text/html" } });
      if (!response.ok) break;
      const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const part of fresh.querySelectorAll("[data-live]")) {
        const old = document.getElementById(part.id);
        if (old) renew(old, part);
      }
      shown = Number(fresh.body.dataset.version);
      tick();
    } catch {
      break;
    }
  }
  busy = false;
}

/** Makes `old` equal to `fresh` with as few changes as it can, so that focus, selection and open folds stay. */
export function renew(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  for (const name of old.getAttributeNames())
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  // What is inside belongs to a script that draws it from the attributes.
  if ("own" in old.dataset) return;
  const byId = new Map([...old.children].filter((child) => child.id).map((child) => [child.id, child]));
  let place = old.firstChild;
  for (const node of Array.from(fresh.childNodes)) {
    const same = node.id ? byId.get(node.id) : place && alike(place, node) ? place : undefined;
    if (same === undefined) {
      old.insertBefore(document.adoptNode(node), place);
      continue;
    }
    if (same === place) place = place.nextSibling;
    else old.insertBefore(same, place);
    if (same.nodeType === Node.ELEMENT_NODE) renew(same, node);
    else if (same.data !== node.data) same.data = node.data;
  }
  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

function alike(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName && !a.id && !b.id;
}

/** Ages count on by themselves, in the words of pages/format.ts. */
function tick() {
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const seconds = Math.max(0, Math.floor((now - Date.parse(time.dateTime)) / 1000));
    const [unit, size] = [
      ["d", 86400],
      ["h", 3600],
      ["min", 60],
      ["s", 1],
    ].find(([, size]) => seconds >= size) ?? ["s", 1];
    const text = `${Math.floor(seconds / size)} ${unit} ago`;
    if (time.textContent !== text) time.textContent = text;
  }
  for (const time of document.querySelectorAll("time[data-clock]")) {
    const rest = Date.parse(time.dateTime) - now;
    const left = time.dataset.clock === "left";
    const text = left
      ? `${minutes(Math.max(0, rest))} left`
      : rest < 0
        ? `${minutes(rest)} ago`
        : `in ${minutes(rest)}`;
    if (time.textContent !== text) time.textContent = text;
  }
}

/** As `minutes` of pages/format.ts. */
function minutes(milliseconds) {
  const seconds = Math.floor(Math.abs(milliseconds) / 1000);
  const two = (count) => String(count % 60).padStart(2, "0");
  const [hour, minute] = [Math.floor(seconds / 3600), Math.floor(seconds / 60)];
  return hour > 0 ? `${hour}:${two(minute)}:${two(seconds)}` : `${minute}:${two(seconds)}`;
}

/** A form is sent behind the page, which stays where it is; what it did is seen in place. */
document.addEventListener("submit", (submit) => {
  const { target: form, submitter } = submit;
  if (form.method !== "post") return;
  submit.preventDefault();
  submitter?.setAttribute("aria-busy", "true");
  void send(form.action, new URLSearchParams(new FormData(form, submitter))).finally(() => {
    submitter?.removeAttribute("aria-busy");
    void refresh();
  });
});

async function send(address, body) {
  const refused = document.getElementById("refused");
  try {
    // The way back that the server names is for browsers without script.
    const response = await fetch(address, { method: "POST", body, redirect: "manual" });
    refused.hidden = response.type === "opaqueredirect";
    if (!refused.hidden) refused.textContent = `The console refused: ${(await response.json()).detail}`;
  } catch {
    refused.hidden = false;
    refused.textContent = "The console could not be reached; nothing was switched.";
  }
}

/** A link to another view of this page needs no reload: the list keeps its place, and the focus stays where it is. */
document.addEventListener("click", (click) => {
  const link = click.target.closest?.("a[href]");
  const plain = click.button === 0 && !click.metaKey && !click.ctrlKey && !click.shiftKey && !click.altKey;
  if (
    elsewhere !== null ||
    !link ||
    !plain ||
    link.target ||
    link.origin !== location.origin ||
    link.pathname !== location.pathname
  )
    return;
  if (link.search === location.search && link.hash) return;
  click.preventDefault();
  history.pushState(null, "", link.pathname + link.search);
  void refresh().then(reveal);
});
addEventListener("popstate", () => elsewhere === null && void refresh());

/** On a phone the message takes the place of the list, and with it the focus. */
function reveal() {
  const pane = document.getElementById("pane");
  if (
    !pane ||
    !document.querySelector(".inbox.reading") ||
    getComputedStyle(pane.previousElementSibling).display !== "none"
  )
    return;
  pane.focus();
  scrollTo(0, 0);
}

const events = new EventSource("/events");
events.addEventListener("message", ({ data }) => {
  offline.hidden = true;
  if (Number(data) !== shown) void refresh();
});
events.addEventListener("error", () => {
  offline.hidden = false;
});
setInterval(tick, 1000);
tick();
