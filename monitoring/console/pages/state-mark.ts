import { html } from "hono/html";
import { isPage } from "../../compiler/windows.ts";
import type { Channel, State } from "../notification.ts";
import type { Html } from "./html.ts";

export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = {
  pagerduty: "PagerDuty",
  slack: "Slack",
  email: "Email",
  watchdog: "Watchdog",
};

const MARKS: Readonly<Record<State, { kind: string; shape: string }>> = {
  firing: { kind: "bad", shape: "triangle" },
  acknowledged: { kind: "warn", shape: "diamond" },
  resolved: { kind: "good", shape: "dot" },
  message: { kind: "muted", shape: "dash" },
  refused: { kind: "bad", shape: "cross" },
};

/** A state as colour, shape and word, so that none of them must carry it alone; a warning's is amber. */
export function stateMark(state: State, severity: string | null): Html {
  const { kind, shape } = MARKS[state];
  const mild = state === "firing" && severity !== null && !isPage({ severity });
  return html`<span class="word ${mild ? "warn" : kind}"
    ><i class="${mild ? "diamond" : shape}"></i>${state}</span
  >`;
}
