import { html } from "hono/html";
import { decimal } from "../../compiler/decimal.ts";
import { duration } from "../../compiler/duration.ts";
import { isPage } from "../../compiler/windows.ts";
import { byWhom } from "../faults/episode-book.ts";
import { faultWords } from "../faults/episode.ts";
import type { Crossing, Episode } from "../faults/episode.ts";
import type { SloFacts } from "../../predict/slo-facts.ts";
import type { Listed } from "../store.ts";
import { resolutionOf } from "../timeline/resolution.ts";
import { firstHeard, isSettled, pageDue } from "../timeline/story.ts";
import type { Story } from "../timeline/story.ts";
import { minutes } from "./format.ts";
import { clockTime, countdown, nothing } from "./html.ts";
import type { Html } from "./html.ts";
import { CHANNEL_NAMES } from "./state-mark.ts";

/** Crossings beside that of the page; the incident's own page has them all. */
const OTHERS = 5;

/** What happens now, or has just happened: the faults that are on, the page that is due, and who has heard of it. */
export function nowPane(
  stories: readonly Story[],
  slos: readonly SloFacts[],
  now: Date,
  timeScale: number,
): Html {
  if (stories.length === 0)
    return html`<p class="empty">
      Nothing is broken on purpose. Whoever switches a fault on, here or from a shell, is seen here at once,
      with the moment at which the page is due.
    </p>`;
  return html`${stories.map(
    (story) =>
      html`<ol class="now plain" id="now-${story.id}">
        ${story.faults.map((fault) => faultLine(fault, now))} ${dueLines(story, slos, now)}
        ${heardLine(story, "firing")} ${overLine(story, slos, now, timeScale)} ${heardLine(story, "resolved")}
        <li><span></span><a href="/incidents/${story.id}">Timeline of this incident</a></li>
      </ol>`,
  )}`;
}

/** The stories that the overview tells: those that go on, and the last one that is over. */
export function currentStories(stories: readonly Story[]): Story[] {
  const open = stories.filter((story) => !isSettled(story)).slice(0, 4);
  return open.length > 0 ? open : stories.slice(0, 1);
}

function faultLine(fault: Episode, now: Date): Html {
  const { key, service, startedAt, expiresAt, endedAt, end } = fault;
  const who = byWhom(fault);
  return html`<li id="fault-${key}">
    ${clockTime(startedAt)}
    <span
      ><span class="word ${endedAt === null ? "bad" : "muted"}"
        ><i class="${endedAt === null ? "triangle" : "dash"}"></i>${service} ${faultWords(fault)}</span
      >, started ${who},
      ${
        endedAt === null
          ? html`${countdown(expiresAt, now, "left")}
              <button form="undo" name="key" value="${key}" aria-label="Undo ${service} ${faultWords(fault)}">
                Undo
              </button>`
          : html`${end} at ${clockTime(endedAt)}`
      }</span
    >
  </li>`;
}

/** The page that is due, then what else is going to cross: the pages before the tickets, each sort by its time. */
function dueLines(story: Story, slos: readonly SloFacts[], now: Date): Html {
  const due = pageDue(story);
  const others = story.crossings
    .filter((crossing) => crossing !== due)
    .toSorted((a, b) => Number(isPage(b)) - Number(isPage(a)) || a.at - b.at)
    .slice(0, OTHERS);
  const line = (crossing: Crossing): Html =>
    html`<li class="due">
      ${clockTime(crossing.at)}
      <span class="muted"
        >${isPage(crossing) ? "page" : "ticket"} predicted (${tierWords(crossing, slos)})
        ${countdown(crossing.at, now, "in")}</span
      >
    </li>`;
  const first =
    due === null
      ? withoutPage(story)
      : html`<li class="due">
          ${clockTime(due.at)}
          <span
            >page predicted (${tierWords(due, slos)}) <strong>${countdown(due.at, now, "in")}</strong></span
          >
        </li>`;
  return html`${first} ${others.map(line)}`;
}

function withoutPage(story: Story): Html {
  if (story.faults.length === 0) return nothing;
  const waiting = story.faults.some(({ predicted, endedAt }) => !predicted && endedAt === null);
  return html`<li>
    <span></span
    ><span class="muted"
      >${
        waiting
          ? "When a page is due is computed as soon as Prometheus answers."
          : "No page predicted: it is too mild, or over too soon, to cross a paging threshold."
      }</span
    >
  </li>`;
}

function heardLine(story: Story, state: "firing" | "resolved"): Html {
  const heard = firstHeard(story, state);
  const [first] = heard;
  if (first === undefined) return nothing;
  const at = Date.parse(first.received_at);
  const due = pageDue(story);
  // A ticket about the budget may come at any time, and answers to no crossing of a page.
  const page = isPage(first);
  const late = state === "firing" && page && due !== null ? at - due.at : null;
  const words = state === "resolved" ? "resolved" : page ? "page received" : "ticket received";
  return html`<li>
    ${clockTime(at)}
    <span
      ><span class="word ${state === "resolved" ? "good" : page ? "bad" : "warn"}"
        ><i class="${state === "resolved" ? "dot" : page ? "triangle" : "diamond"}"></i>${words}</span
      >
      ${channelLinks(heard)}
      ${
        late === null
          ? nothing
          : html`<span>${minutes(late)} ${late < 0 ? "before" : "after"} the predicted crossing</span>`
      }</span
    >
  </li>`;
}

function overLine(story: Story, slos: readonly SloFacts[], now: Date, timeScale: number): Html {
  const due = resolutionOf(story, slos, timeScale);
  if (due === null) return nothing;
  return html`<li class="due">
    ${clockTime(due.by)}
    <span
      >resolved by then: the last ${duration(due.shortSeconds)} have to be well again
      <strong>${countdown(due.by, now, "in")}</strong></span
    >
  </li>`;
}

function channelLinks(heard: readonly Listed[]): Html {
  return html`${heard.map(
    ({ id, channel }, index) =>
      html`${index === 0 ? "" : ", "}<a href="/inbox?show=${id}">${CHANNEL_NAMES[channel]}</a>`,
  )}`;
}

/** `Payment availability, 14.4× over 1h`. */
function tierWords({ slo, tier, factor }: Crossing, slos: readonly SloFacts[]): string {
  const facts = slos.find((each) => each.slo === slo);
  const window = facts?.tiers.find(({ name }) => name === tier)?.longSeconds;
  return `${facts?.title ?? slo}, ${decimal(factor)}×${window === undefined ? "" : ` over ${duration(window)}`}`;
}
