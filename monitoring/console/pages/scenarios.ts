import { html } from "hono/html";
import type { ScenarioReading, ScenarioRun } from "../faults/scenario-desk.ts";
import { countdown, nothing } from "./html.ts";
import type { Html } from "./html.ts";

/** The ready-made incidents: one click each, and how far the running one is. */
export function scenarioPane({ scenarios, run }: ScenarioReading, now: Date): Html {
  if (scenarios.length === 0) return nothing;
  const busy = run?.state === "running";
  return html`<div class="switch-row" role="group" aria-label="Scenarios">
      <h3>scenarios</h3>
      <form method="post" action="/scenarios">
        <div class="scenarios">
          ${scenarios.map(
            ({ name, title, description }) =>
              html`<button
                name="scenario"
                value="${name}"
                title="${description}"
                aria-label="${title}. ${description}"
                ${busy ? html`disabled` : nothing}
              >
                ${title}
              </button> `,
          )}
        </div>
      </form>
    </div>
    ${run === null ? nothing : progress(run, now)}`;
}

function progress({ scenario, endsAt, steps, stepCount, state, problem }: ScenarioRun, now: Date): Html {
  const kind = state === "running" ? "warn" : state === "failed" ? "bad" : "muted";
  const shape = state === "running" ? "ring" : state === "failed" ? "cross" : "dash";
  const last = steps.at(-1);
  return html`<div id="scenario-run">
    <p class="line" role="status">
      <span class="word ${kind}"><i class="${shape}"></i> ${scenario.title}: ${state}</span>
      <span>step ${steps.length} of ${stepCount}${last === undefined ? "" : `, ${last}`}</span>
      ${state === "running" ? countdown(endsAt, now, "left") : nothing}
    </p>
    ${problem === null ? nothing : html`<p class="word bad">${problem}</p>`}
    ${
      state === "running"
        ? html`<form method="post" action="/scenarios/stop"><button>Stop ${scenario.title}</button></form>`
        : nothing
    }
  </div>`;
}
