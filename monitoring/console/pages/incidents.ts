import { html } from "hono/html";
import { isPage } from "../../compiler/windows.ts";
import { byWhom } from "../faults/episode-book.ts";
import { faultWords } from "../faults/episode.ts";
import { firstHeard, isSettled, pageDue } from "../timeline/story.ts";
import type { Story } from "../timeline/story.ts";
import { signedMinutes, span } from "./format.ts";
import { clockTime, moment, nothing } from "./html.ts";
import type { Html } from "./html.ts";
import { CHANNEL_NAMES } from "./state-mark.ts";

/** Page 2: one row an incident, the newest first. */
export function incidentsPage(stories: readonly Story[], now: Date): Html {
  return html`<h1 class="quiet-heading">Incidents</h1>
    <div id="incident-list" data-live>
      ${
        stories.length === 0
          ? html`<p class="empty">
              No incident yet. Each fault that is switched on, by the console or from a shell, and each page
              that is received without one, becomes a row here. <a href="/#break">Break something</a> to see
              the first.
            </p>`
          : incidentTable(stories, now)
      }
    </div>`;
}

function incidentTable(stories: readonly Story[], now: Date): Html {
  return html`<table class="incident-list">
    <thead>
      <tr>
        <th scope="col">incident</th>
        <th scope="col">began, UTC</th>
        <th scope="col" class="number">lasted</th>
        <th scope="col" class="number" title="After the start, by arithmetic">page predicted</th>
        <th scope="col" class="number" title="After the start">page received</th>
        <th scope="col" class="number">difference</th>
        <th scope="col">heard by</th>
        <th scope="col">state</th>
      </tr>
    </thead>
    <tbody>
      ${stories.map((story) => row(story, now))}
    </tbody>
  </table>`;
}

function row(story: Story, now: Date): Html {
  const { id, startedAt, endedAt, faults } = story;
  const due = pageDue(story);
  const heard = firstHeard(story, "firing").filter(isPage);
  const [first] = heard;
  const received = first === undefined ? null : Date.parse(first.received_at);
  const [cause] = faults;
  return html`<tr id="incident-${id}">
    <th scope="row">
      <a href="/incidents/${id}">${storyTitle(story)}</a>
      <span class="muted">${cause === undefined ? "no fault was switched here" : byWhom(cause)}</span>
    </th>
    <td data-label="began">
      <span title="${moment(new Date(startedAt))}">${new Date(startedAt).toISOString().slice(5, 10)}</span>
      ${clockTime(startedAt)}
    </td>
    <td class="number" data-label="lasted">${span(((endedAt ?? now.getTime()) - startedAt) / 1000)}</td>
    <td class="number" data-label="page predicted">
      ${due === null ? "–" : signedMinutes(due.at - startedAt)}
    </td>
    <td class="number" data-label="page received">
      ${received === null ? "–" : signedMinutes(received - startedAt)}
    </td>
    <td class="number" data-label="difference">
      ${due === null || received === null ? "–" : seconds(received - due.at)}
    </td>
    <td data-label="heard by">${heard.map(({ channel }) => CHANNEL_NAMES[channel]).join(", ") || "–"}</td>
    <td data-label="state">${storyState(story)}</td>
  </tr>`;
}

/** `payment: 20% errors, latency +1s`; the services alone where nobody switched anything. */
export function storyTitle({ faults, services }: Story): string {
  if (faults.length === 0) return `${services[0] ?? "?"}: paged without a known fault`;
  const byService = Map.groupBy(faults, ({ service }) => service);
  return [...byService]
    .map(([service, own]) => `${service}: ${[...new Set(own.map(faultWords))].join(", ")}`)
    .join("; ");
}

/** Colour, shape and word. */
export function storyState(story: Story): Html {
  if (story.endedAt === null && story.faults.length > 0) return word("bad", "triangle", "going on");
  if (!isSettled(story)) return word("warn", "diamond", "not resolved yet");
  return story.notices.some(({ state }) => state === "resolved")
    ? word("good", "dot", "resolved")
    : word("muted", "dash", "nobody was told");
}

/** `+9.4 s`: a difference with a tenth of a second. */
export function seconds(milliseconds: number): string {
  const text = (Math.abs(milliseconds) / 1000).toFixed(1);
  return `${milliseconds < 0 ? "−" : "+"}${text} s`;
}

function word(kind: string, shape: string, text: string): Html {
  return html`<span class="word ${kind}"><i class="${shape}"></i>${text}</span>${nothing}`;
}
