import { expect, it } from "vitest";
import { testConsole, trigger } from "./testing.ts";

const OWN = /^(# (HELP|TYPE) )?console_/;
const own = async ({ app }: ReturnType<typeof testConsole>): Promise<string> =>
  (await (await app.request("/metrics")).text())
    .split("\n")
    .filter((line) => OWN.test(line))
    .join("\n");

it("has every series from the first scrape", async () => {
  expect(await own(testConsole())).toMatchInlineSnapshot(`
    "# HELP console_notifications_received_total Notifications taken, by channel and by the state that they announce.
    # TYPE console_notifications_received_total counter
    console_notifications_received_total{channel="pagerduty",state="firing"} 0
    console_notifications_received_total{channel="pagerduty",state="acknowledged"} 0
    console_notifications_received_total{channel="pagerduty",state="resolved"} 0
    console_notifications_received_total{channel="slack",state="firing"} 0
    console_notifications_received_total{channel="slack",state="resolved"} 0
    console_notifications_received_total{channel="slack",state="message"} 0
    console_notifications_received_total{channel="email",state="firing"} 0
    console_notifications_received_total{channel="email",state="resolved"} 0
    console_notifications_received_total{channel="email",state="message"} 0
    console_notifications_received_total{channel="watchdog",state="firing"} 0
    console_notifications_received_total{channel="watchdog",state="resolved"} 0
    # HELP console_notifications_repeated_total Notifications that said what their thread had said last, and are shown once.
    # TYPE console_notifications_repeated_total counter
    console_notifications_repeated_total{channel="pagerduty"} 0
    console_notifications_repeated_total{channel="slack"} 0
    console_notifications_repeated_total{channel="email"} 0
    # HELP console_notifications_refused_total Deliveries that were not taken, by the kind of reason.
    # TYPE console_notifications_refused_total counter
    console_notifications_refused_total{channel="pagerduty",reason="malformed"} 0
    console_notifications_refused_total{channel="pagerduty",reason="too_large"} 0
    console_notifications_refused_total{channel="pagerduty",reason="busy"} 0
    console_notifications_refused_total{channel="pagerduty",reason="storage"} 0
    console_notifications_refused_total{channel="slack",reason="malformed"} 0
    console_notifications_refused_total{channel="slack",reason="too_large"} 0
    console_notifications_refused_total{channel="slack",reason="busy"} 0
    console_notifications_refused_total{channel="slack",reason="storage"} 0
    console_notifications_refused_total{channel="email",reason="malformed"} 0
    console_notifications_refused_total{channel="email",reason="too_large"} 0
    console_notifications_refused_total{channel="email",reason="busy"} 0
    console_notifications_refused_total{channel="email",reason="storage"} 0
    console_notifications_refused_total{channel="watchdog",reason="malformed"} 0
    console_notifications_refused_total{channel="watchdog",reason="too_large"} 0
    console_notifications_refused_total{channel="watchdog",reason="busy"} 0
    console_notifications_refused_total{channel="watchdog",reason="storage"} 0
    # HELP console_inbox_notifications Deliveries in the inbox, refused ones included.
    # TYPE console_inbox_notifications gauge
    console_inbox_notifications 0
    # HELP console_journal_bytes Size of the journals on disk.
    # TYPE console_journal_bytes gauge
    console_journal_bytes 0
    # HELP console_event_streams Browsers that listen for live updates.
    # TYPE console_event_streams gauge
    console_event_streams 0
    # HELP console_watchdog_last_heard_timestamp_seconds When the Watchdog was last heard, in Unix time; 0 when never.
    # TYPE console_watchdog_last_heard_timestamp_seconds gauge
    console_watchdog_last_heard_timestamp_seconds 0"
  `);
});

it("counts what came, what was repeated and what was refused, and adds no series", async () => {
  const console = testConsole();
  const seriesBefore = (await own(console)).split("\n").length;
  await console.post("/v2/enqueue", trigger());
  await console.post("/v2/enqueue", trigger());
  await console.post("/v2/enqueue", trigger({ dedup_key: "another" }));
  await console.post("/services/a/b/c", "{");
  await console.post("/services/x/y/z", { text: "hi" });
  const after = await own(console);
  expect(after.split("\n")).toEqual(
    expect.arrayContaining([
      'console_notifications_received_total{channel="pagerduty",state="firing"} 2',
      'console_notifications_repeated_total{channel="pagerduty"} 1',
      'console_notifications_refused_total{channel="slack",reason="malformed"} 1',
      'console_notifications_received_total{channel="slack",state="message"} 1',
      "console_inbox_notifications 4",
    ]),
  );
  expect(after.split("\n")).toHaveLength(seriesBefore);
});
