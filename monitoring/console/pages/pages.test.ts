import { describe, expect, it } from "vitest";
import { PrometheusError } from "../overview/prometheus.ts";
import type { Prometheus } from "../overview/prometheus.ts";
import { readEmail } from "../receive/email.ts";
import { captured, testConsole, trigger } from "../testing.ts";
import type { TestConsoleOptions } from "../testing.ts";

/** A page as a reader without style sheets sees it: text, with white space collapsed. */
const textOf = (page: string): string =>
  page
    .replace(/<head>.*<\/head>/s, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ");

async function opened(
  path: string,
  options: TestConsoleOptions = {},
  arrange?: (console: ReturnType<typeof testConsole>) => unknown,
) {
  const console = testConsole(options);
  await console.watch.refresh();
  await arrange?.(console);
  const response = await console.app.request(path);
  const page = await response.text();
  return { page, text: textOf(page), status: response.status };
}

const series: Readonly<Record<string, number>> = {
  "slo:objective:ratio": 0.999,
  "slo:availability:ratio_rate30d": 0.99847,
  "slo:error_budget:availability_remaining": -0.53,
  "slo:error_budget:availability_burn_rate1h": 1.5,
  "slo:error_budget:availability_burn_rate5m": 2,
};
const answering: Prometheus = {
  query: (expression) => {
    if (expression === "up")
      return Promise.resolve([{ labels: { job: "loadgen", instance: "l:1" }, value: 1 }]);
    if (expression.includes("failed"))
      return Promise.resolve([{ labels: { integration: "slack" }, value: 3 }]);
    return Promise.resolve(
      Object.entries(series).map(([name, value]) => ({
        labels: { __name__: name, service: "payment", slo: "payment-availability" },
        value,
      })),
    );
  },
  alerts: () => Promise.resolve([]),
};

describe("the overview", () => {
  it("shows each SLO with objective, SLI, budget, burn rate and state, in words too", async () => {
    const { text } = await opened("/", { prometheus: answering });
    expect(text).toContain("payment availability 99.9 % 99.847 %");
    expect(text).toContain("−53 %");
    expect(text).toContain("1.5×");
    expect(text).toContain("already");
    expect(text).toContain("all 1 targets up");
    expect(text).toContain("No alert is pending or firing.");
    expect(text).toContain("14.4×, 1h and 5m windows: burning 1.5× and 2.0×, 10 % of the threshold, quiet");
  });

  it("opens a row without script", async () => {
    const { text } = await opened("/?slo=payment%2Fpayment-availability", { prometheus: answering });
    expect(text).toContain(
      "A page when both the last 1h (now 1.5×) and the last 5m (now 2.0×) burn faster than 14.4× .",
    );
  });

  it("does not look calm while Prometheus cannot be reached", async () => {
    const { text } = await opened("/");
    expect(text).toContain("Prometheus unreachable since 2026-11-21 12:00:00 UTC");
    expect(text).toContain("http://prometheus:9090 refuses connections.");
    expect(text).toContain("Whether any alert fires is not known until Prometheus answers.");
    expect(text).toContain("targets unknown");
    expect(text).not.toContain("No alert is pending");
  });

  it("says what will appear when nothing is recorded yet", async () => {
    const empty: Prometheus = { query: () => Promise.resolve([]), alerts: () => Promise.resolve([]) };
    const { text } = await opened("/", { prometheus: empty });
    expect(text).toContain("Prometheus has recorded no objective yet.");
    expect(text).toContain("no targets yet");
  });

  it("says in large letters that time is scaled, and below what does not run", async () => {
    const { text } = await opened("/", { timeScale: 60 });
    expect(text).toContain("Time runs ×60 a 1 h window is 1 min, 30 d are 12 h");
    expect(text).toContain("Not running here: Loki.");
    expect((await opened("/")).text).not.toContain("Time runs");
  });
});

describe("the dead man's switch", () => {
  it("tells when the Watchdog was last heard", async () => {
    const { text } = await opened("/inbox", {}, ({ post }) => post("/watchdog", captured("watchdog.json")));
    expect(text).toContain("Watchdog heard 0 s ago");
  });

  it("is red and says so in words when the Watchdog is silent", async () => {
    let now = new Date("2026-11-21T12:00:00Z");
    const { page, text } = await opened("/inbox", { now: () => now }, async ({ post }) => {
      await post("/watchdog", captured("watchdog.json"));
      now = new Date("2026-11-21T12:04:00Z");
    });
    expect(text).toContain("Watchdog silent : last heard 4 min ago , expected every 3 min at the latest.");
    expect(page).toContain('class="line bad"');
  });

  it("tells of deliveries that Alertmanager could not make", async () => {
    const { text } = await opened("/inbox", { prometheus: answering });
    expect(text).toContain("Alertmanager failed to deliver to slack , 3 times in the last 5 min.");
  });
});

describe("the inbox", () => {
  it("says how to make a first notification appear", async () => {
    const { text } = await opened("http://127.0.0.1:18080/inbox");
    expect(text).toContain("Nothing has been delivered yet.");
    expect(text).toContain("http://127.0.0.1:18080/services/T0/B0/local");
    expect(text).toContain("No open incident");
  });

  it("lists deliveries of all channels, refused ones in their place, and the open incidents", async () => {
    const { text } = await opened("/inbox", {}, async ({ post, intake }) => {
      await post("/v2/enqueue", captured("pagerduty-trigger.json"));
      await post("/services/T0/B0/local", "{");
      intake.accept(await readEmail(captured("email-firing.eml"), ["sre@example.com"]));
    });
    expect(text).toMatch(
      /Email firing payment 0 s ago payment was deployed .*Slack refused – 0 s ago invalid_payload: the body is not a JSON object .*PagerDuty firing order 0 s ago order-availability burns/,
    );
    expect(text).toMatch(/One open incident order-availability burns .* order, triggered, began 0 s ago/);
  });

  it("can be narrowed to a channel or to failures", async () => {
    const arrange = async ({ post }: ReturnType<typeof testConsole>) => {
      await post("/services/T0/B0/local", { text: "Hello" });
      await post("/services/T0/B0/local", "{");
    };
    expect((await opened("/inbox?filter=slack", {}, arrange)).text).not.toContain("refused");
    expect((await opened("/inbox?filter=failures", {}, arrange)).text).not.toContain("Hello");
    expect((await opened("/inbox?filter=fax")).status).toBe(400);
  });

  it("goes back page by page", async () => {
    const { page, text } = await opened("/inbox", {}, async ({ post }) => {
      for (let n = 1; n <= 61; n += 1) await post("/v2/enqueue", trigger({ dedup_key: `key ${n}` }));
    });
    expect(text).toContain("Older");
    expect(page).toContain('href="/inbox?before=2"');
    expect(text).toContain("61 open incidents");
    expect(text).toContain("and 41 older ones");
  });
});

describe("a message", () => {
  it("is shown as PagerDuty shows an incident, with its log", async () => {
    const { text } = await opened("/inbox?show=2", {}, async ({ post }) => {
      await post("/v2/enqueue", captured("pagerduty-trigger.json"));
      await post("/v2/enqueue", captured("pagerduty-resolve.json"));
    });
    expect(text).toContain("incident resolved severity critical service order source Alertmanager");
    expect(text).toContain("burn_rate 231×");
    expect(text).toMatch(/Incident log firing 0 s ago .* resolved 0 s ago/);
    expect(text).toContain("&quot;event_action&quot;: &quot;resolve&quot;");
  });

  it("is shown as Slack shows attachments", async () => {
    const { page, text } = await opened("/inbox?show=1", {}, ({ post }) =>
      post("/services/T0/B0/local", captured("slack-firing.json")),
    );
    expect(text).toContain(
      "#sre-critical-alerts A Alertmanager APP 12:00 UTC [FIRING:1] order-availability burns",
    );
    expect(text).toContain("&lt;b&gt;Payments &amp; orders&lt;/b&gt; answer 503.");
    expect(text).toContain("Burn rate 231× Budget left 48.1 %");
    expect(page).toContain('fill="#a30200"');
  });

  it("is shown as a mail client shows a mail", async () => {
    const { text } = await opened("/inbox?show=1", {}, async ({ intake }) =>
      intake.accept(await readEmail(captured("email-firing.eml"), ["sre@example.com"])),
    );
    expect(text).toContain(
      "[FIRING:1] payment was deployed from alertmanager@example.com to sre-team@example.com",
    );
    expect(text).toContain("Version 42 of payment &amp; friends is live.");
  });

  it("that was refused tells why", async () => {
    const { text } = await opened("/inbox?show=1", {}, ({ post }) =>
      post("/v2/enqueue", { event_action: "trigger" }),
    );
    expect(text).toContain(
      "A delivery by PagerDuty was refused why &#39;routing_key&#39; is missing or blank",
    );
  });

  it("that is not kept any more says so", async () => {
    expect((await opened("/inbox?show=99")).text).toContain("This notification is not kept any more");
    expect((await opened("/inbox/99/raw")).status).toBe(404);
  });
});

it("hides what went wrong inside from whoever asks", async () => {
  const broken: Prometheus = {
    query: () => Promise.reject(new PrometheusError("x")),
    alerts: () => Promise.resolve([]),
  };
  const { app, inbox } = testConsole({ prometheus: broken });
  inbox.list = () => {
    throw new Error("the secret reason");
  };
  const response = await app.request("/inbox");
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain("secret");
});
