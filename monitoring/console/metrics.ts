import { Counter, Gauge } from "prom-client";
import type { Registry } from "prom-client";
import type { DeadMansSwitch } from "./dead-mans-switch.ts";
import type { Inbox } from "./inbox.ts";
import type { Live } from "./live.ts";
import { channels } from "./notification.ts";
import type { Channel, Refusal, State } from "./notification.ts";

const REFUSALS = ["malformed", "too_large", "busy", "storage"] as const satisfies readonly Refusal["kind"][];

/** Which states each channel can bring, so that every series exists from the first scrape and no other ever does. */
const STATES: Readonly<Record<Channel, readonly State[]>> = {
  pagerduty: ["firing", "acknowledged", "resolved"],
  slack: ["firing", "resolved", "message"],
  email: ["firing", "resolved", "message"],
  watchdog: ["firing", "resolved"],
};

export interface ConsoleMetrics {
  received(channel: Channel, state: State): void;
  repeated(channel: Channel): void;
  refused(channel: Channel, kind: Refusal["kind"]): void;
}

/** Declares the console's own metrics. The gauges read their sources when they are scraped. */
export function consoleMetrics(
  registry: Registry,
  { inbox, live, deadMansSwitch }: { inbox: Inbox; live: Live; deadMansSwitch: DeadMansSwitch },
): ConsoleMetrics {
  const registers = [registry];
  const received = new Counter({
    name: "console_notifications_received_total",
    help: "Notifications taken, by channel and by the state that they announce.",
    labelNames: ["channel", "state"],
    registers,
  });
  const repeated = new Counter({
    name: "console_notifications_repeated_total",
    help: "Notifications that said what their thread had said last, and are shown once.",
    labelNames: ["channel"],
    registers,
  });
  const refused = new Counter({
    name: "console_notifications_refused_total",
    help: "Deliveries that were not taken, by the kind of reason.",
    labelNames: ["channel", "reason"],
    registers,
  });
  for (const channel of channels) {
    for (const state of STATES[channel]) received.inc({ channel, state }, 0);
    for (const reason of REFUSALS) refused.inc({ channel, reason }, 0);
    if (channel !== "watchdog") repeated.inc({ channel }, 0);
  }
  gauge("console_inbox_notifications", "Deliveries in the inbox, refused ones included.", () => inbox.size);
  gauge("console_journal_bytes", "Size of the journals on disk.", () => inbox.bytes);
  gauge("console_event_streams", "Browsers that listen for live updates.", () => live.streams);
  gauge(
    "console_watchdog_last_heard_timestamp_seconds",
    "When the Watchdog was last heard, in Unix time; 0 when never.",
    () => (deadMansSwitch.read().lastHeardAt?.getTime() ?? 0) / 1000,
  );
  return {
    received: (channel, state) => received.inc({ channel, state }),
    repeated: (channel) => repeated.inc({ channel }),
    refused: (channel, reason) => refused.inc({ channel, reason }),
  };

  function gauge(name: string, help: string, value: () => number): void {
    const read = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(value());
      },
    });
    registry.registerMetric(read);
  }
}
