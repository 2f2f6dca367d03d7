import { html } from "hono/html";
import type { SwitchReading } from "../dead-mans-switch.ts";
import type { Overview } from "../overview/overview.ts";
import { span } from "./format.ts";
import { nothing, timeAgo } from "./html.ts";
import type { Html } from "./html.ts";

/** The line that tells whether alerts can arrive at all: the dead man's switch, and deliveries that Alertmanager lost. */
export function deadLine(reading: SwitchReading, failed: Overview["failedDeliveries"], now: Date): Html {
  return html`<div id="dead-mans-switch" data-live>
    ${switchLine(reading, now)}
    ${failed.map(
      ({ integration, count }) =>
        html`<p class="line bad">
          <i class="cross"></i
          ><span
            ><strong>Alertmanager failed to deliver to ${integration}</strong>, ${count}
            ${count === 1 ? "time" : "times"} in the last 5 min.
            <a href="/inbox?filter=failures">What was not delivered</a></span
          >
        </p>`,
    )}
  </div>`;
}

function switchLine({ state, lastHeardAt, since, limitSeconds }: SwitchReading, now: Date): Html {
  const limit = span(limitSeconds);
  const heard = lastHeardAt === null ? nothing : timeAgo(lastHeardAt, now);
  if (state === "beating")
    return html`<p class="line good"><i class="dot"></i><span>Watchdog heard ${heard}</span></p>`;
  if (state === "waiting")
    return html`<p class="line muted">
      <i class="ring"></i
      ><span
        >Watchdog not heard yet; listening since ${timeAgo(since, now)}. It should beat within ${limit}.</span
      >
    </p>`;
  if (state === "silent")
    return html`<p class="line bad">
      <i class="triangle"></i
      ><span
        ><strong>Watchdog silent</strong>:
        ${lastHeardAt === null ? html`never heard, listening since ${timeAgo(since, now)}` : html`last heard ${heard}`},
        expected every ${limit} at the latest. Alerts may not arrive: look whether Prometheus and Alertmanager
        run.</span
      >
    </p>`;
  return html`<p class="line bad">
    <i class="triangle"></i
    ><span
      ><strong>Watchdog stopped firing</strong> ${heard}: Alertmanager hears nothing from Prometheus. Alerts
      will not arrive until it does.</span
    >
  </p>`;
}
