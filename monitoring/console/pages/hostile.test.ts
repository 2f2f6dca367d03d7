import { expect, it } from "vitest";
import { readEmail } from "../receive/email.ts";
import { testConsole, trigger } from "../testing.ts";
import { EMAIL_POLICY } from "./email.ts";

/** Breaks out of text, of an attribute in either quote, and of a URL; and pretends to be escaped already. */
const SCRIPT = `<script>alert(1)</script><img src=x onerror=alert(2)>"'><svg onload=alert(3)>`;
const URL_SCRIPT = "javascript:alert(4)";
const pretender = { isEscaped: true, callbacks: [SCRIPT], toString: SCRIPT };

const pagerDutyEvent = trigger({
  dedup_key: SCRIPT,
  client: SCRIPT,
  client_url: URL_SCRIPT,
  links: [
    { href: URL_SCRIPT, text: SCRIPT },
    { href: `https://ok.example/${SCRIPT}`, text: SCRIPT },
  ],
  images: [{ src: URL_SCRIPT, href: URL_SCRIPT, alt: SCRIPT }],
  payload: {
    summary: SCRIPT,
    source: SCRIPT,
    severity: "critical",
    timestamp: SCRIPT,
    component: SCRIPT,
    group: SCRIPT,
    class: SCRIPT,
    custom_details: {
      [SCRIPT]: SCRIPT,
      service: SCRIPT,
      slo: SCRIPT,
      slo_tier: SCRIPT,
      alertname: SCRIPT,
      severity: SCRIPT,
      runbook_url: URL_SCRIPT,
      nested: { [SCRIPT]: [SCRIPT] },
      pretender,
    },
  },
});

const text = { type: "mrkdwn", text: `${SCRIPT} <${URL_SCRIPT}|click> *${SCRIPT}* \`${SCRIPT}\`` };
const element = { type: "button", text: { type: "plain_text", text: SCRIPT }, url: URL_SCRIPT };
const image = { type: "image", image_url: URL_SCRIPT, alt_text: SCRIPT };
const blocks = [
  ...["header", "section", "context", "actions", SCRIPT].map((type) => ({
    type,
    text,
    fields: [text],
    elements: [text, element, image],
    accessory: element,
  })),
  image,
];
const slackMessage = {
  text: text.text,
  channel: SCRIPT,
  username: SCRIPT,
  blocks,
  attachments: [
    {
      color: `#abc" onload="alert(5)`,
      pretext: SCRIPT,
      author_name: SCRIPT,
      title: SCRIPT,
      title_link: URL_SCRIPT,
      text: text.text,
      fallback: SCRIPT,
      fields: [{ title: SCRIPT, value: SCRIPT, short: true }],
      actions: [{ type: "button", text: SCRIPT, url: URL_SCRIPT }],
      blocks,
      footer: SCRIPT,
      ts: SCRIPT,
      image_url: URL_SCRIPT,
    },
  ],
};

const mail = [
  `From: "${SCRIPT.replaceAll('"', "'")}" <evil@example.com>`,
  `To: ${SCRIPT.replaceAll(/["<>]/g, "")} <sre@example.com>`,
  `Subject: ${SCRIPT}`,
  `X-Service: ${SCRIPT}`,
  "Content-Type: text/html",
  "",
  `<h1>${SCRIPT}</h1><a href="${URL_SCRIPT}">x</a><a href="https://ok.example/">${SCRIPT}</a>`,
].join("\r\n");

/** What must be in no page, whatever a payload says. The console's own markup has no handler and one script. */
function expectHarmless(page: string): void {
  expect(page).not.toMatch(/<script(?! src="\/static\/console\.js)/i);
  expect(page).not.toMatch(/<(img|svg)[^>]*\son\w+=/i);
  expect(page).not.toMatch(/<[a-z][^<>]*\son(error|load|mouseover)\s*=/i);
  expect(page).not.toMatch(/(href|src|action)="(?!\/|https?:|#)/i);
}

it("is shown as text in every field of every channel", async () => {
  const { app, post, intake } = testConsole();
  expect((await post("/v2/enqueue", pagerDutyEvent)).status).toBe(202);
  expect((await post("/services/T0/B0/local", slackMessage)).status).toBe(200);
  intake.accept(await readEmail(mail, [SCRIPT]));
  expect((await post("/v2/enqueue", { routing_key: SCRIPT, event_action: SCRIPT })).status).toBe(400);
  expect((await post("/services/T0/B0/local", SCRIPT)).status).toBe(400);
  for (const path of [
    "/inbox",
    ...[1, 2, 3, 4, 5].map((id) => `/inbox?show=${id}`),
    `/?slo=${encodeURIComponent(SCRIPT)}`,
  ]) {
    const response = await app.request(path);
    expect(response.status).toBe(200);
    expectHarmless(await response.text());
  }
});

it("is answered with the policy that lets nothing run, on every page", async () => {
  const { app, post } = testConsole();
  await post("/v2/enqueue", pagerDutyEvent);
  for (const path of ["/", "/inbox", "/inbox?show=1", "/nowhere"]) {
    const { headers } = await app.request(path);
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  }
  const raw = await app.request("/inbox/1/raw");
  expect([raw.headers.get("content-type"), raw.headers.get("content-security-policy")]).toEqual([
    "text/plain; charset=UTF-8",
    "sandbox; default-src 'none'",
  ]);
});

it("keeps a mail's HTML in a sandbox of its own", async () => {
  const { app, intake } = testConsole();
  intake.accept(await readEmail(mail, ["sre@example.com"]));
  const page = await (await app.request("/inbox?show=1")).text();
  expect(page).toMatch(/<iframe\s+src="\/inbox\/1\/email.html"\s+sandbox=""/);
  const document = await app.request("/inbox/1/email.html");
  expect(document.headers.get("content-security-policy")).toBe(EMAIL_POLICY);
  expect(EMAIL_POLICY).toMatch(/^sandbox; default-src 'none';/);
  expect(EMAIL_POLICY).not.toMatch(/script|allow-/);
});
