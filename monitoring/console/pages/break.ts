import { html } from "hono/html";
import { ALL } from "../faults/fault-desk.ts";
import type { DeskReading, DeskService } from "../faults/fault-desk.ts";
import { nothing } from "./html.ts";
import type { Html } from "./html.ts";

/** How long a fault may last, the usual first; the listeners take up to an hour. */
export const LASTING = ["5m", "30s", "1m", "15m", "1h"] as const;

type Kind = NonNullable<DeskService["catalogue"]>[number];

/** The fault switches: one click each, and every one ends by itself. */
export function breakPane({ services, on, refusal }: DeskReading): Html {
  if (services.length === 0) return switchedOff();
  return html`<form method="post" action="/faults" class="switches">
      <p class="switches-head">
        <label
          >Each ends by itself after
          <select name="for">
            ${LASTING.map((time) => html`<option value="${time}">${longWords(time)}</option>`)}
          </select></label
        >
      </p>
      ${services.map(serviceRow)}
    </form>
    ${
      on.length < 2
        ? nothing
        : html`<form method="post" action="/faults/undo">
            <p><button name="key" value="${ALL}">Undo all ${on.length}</button></p>
          </form>`
    }
    ${
      refusal === null
        ? nothing
        : html`<p class="line bad" role="alert"><i class="cross"></i><span>${refusal.words}</span></p>`
    }`;
}

function serviceRow({ service, catalogue, problem }: DeskService): Html {
  return html`<div class="switch-row" role="group" aria-label="Break ${service}">
    <h3>${service}</h3>
    ${
      problem !== null
        ? html`<p class="word warn"><i class="diamond"></i>${problem}</p>`
        : html`<div>${(catalogue ?? []).map((kind) => kindGroup(service, kind))}</div>`
    }
  </div>`;
}

function kindGroup(service: string, kind: Kind): Html {
  const targets = kind.targets ?? [null];
  return html`${targets.map(
    (target) =>
      html`<span class="switch-kind">
        <span class="muted" title="${kind.description}">${target === null ? kind.name : target}</span>
        ${kind.variants.map((variant) => {
          const value = [service, kind.name, variant.name, target ?? ""].join("/");
          const what = `${service}: ${kind.name}${target === null ? "" : ` ${target}`} ${variant.name}`;
          return html`<button
            name="switch"
            value="${value}"
            title="${variant.description}"
            aria-label="${what}. ${variant.description}"
          >
            ${variant.name}
          </button> `;
        })}
      </span>`,
  )}`;
}

function switchedOff(): Html {
  return html`<div class="empty">
    <p>Fault switches are off here, as they should be in production.</p>
    <p>
      In a lab, tell the console where the services' admin listeners are, and what their token is, and start
      it again:
    </p>
    <pre><code>ORDER_ADMIN_URL=http://127.0.0.1:9081
PAYMENT_ADMIN_URL=http://127.0.0.1:9082
USER_ADMIN_URL=http://127.0.0.1:9083
ADMIN_TOKEN=…   # not needed on loopback</code></pre>
  </div>`;
}

function longWords(time: string): string {
  return time.replace("m", " min").replace("h", " h").replace("30s", "30 s");
}
