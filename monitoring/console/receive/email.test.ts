import { describe, expect, it } from "vitest";
import { captured } from "../testing.ts";
import { printAddresses, readEmail } from "./email.ts";

const to = ["sre-team@example.com"];
const mail = (headers: string, body = "text"): string => `${headers}\r\n\r\n${body}`;

describe("what Alertmanager sends", () => {
  it("is read, with the facts out of its headers and the links out of its HTML", async () => {
    const draft = await readEmail(captured("email-firing.eml"), to);
    expect(draft).toMatchObject({
      channel: "email",
      state: "firing",
      summary: "payment was deployed",
      alertname: "DeploymentFinished",
      service: "payment",
      slo: null,
      severity: "info",
    });
    expect(draft.links.map(({ text }) => text)).toEqual(["Runbook", "Prometheus", "Alertmanager"]);
  });

  it("is one thread from firing to resolved", async () => {
    const resolved = await readEmail(captured("email-resolved.eml"), to);
    expect(resolved.state).toBe("resolved");
    expect(resolved.thread).toBe((await readEmail(captured("email-firing.eml"), to)).thread);
  });

  it("is the same mail when it is tried again under a new id, date and boundary", async () => {
    const source = captured("email-firing.eml");
    const boundary = /boundary=(\w+)/.exec(source)?.[1] ?? "";
    const again = source
      .replace(/Message-Id: .*/, "Message-Id: <other@alertmanager.example>")
      .replace(/Date: .*/, "Date: Sun, 22 Nov 2026 10:00:00 +0000")
      .replaceAll(boundary, "another");
    expect(again).not.toBe(source);
    expect((await readEmail(again, to)).digest).toBe((await readEmail(source, to)).digest);
  });
});

describe("any mail", () => {
  it("has a summary, with or without a subject", async () => {
    expect((await readEmail(mail("Subject: =?utf-8?q?gr=C3=BC=C3=9Fe?="), to)).summary).toBe("grüße");
    expect((await readEmail(mail("From: a@b.example"), to)).summary).toBe("(no subject)");
  });

  it("is refused when it nests too deeply", async () => {
    const nested = Array.from(
      { length: 30 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    );
    await expect(readEmail(nested.join(""), to)).rejects.toThrow(
      "Maximum MIME nesting depth of 20 levels exceeded",
    );
  });

  it("gives links of the web only, and costs linear time to look through", async () => {
    const html = `<a href="javascript:alert(1)">js</a><a href='https://ok.example/?a=1&amp;b=2'>ok &lt;b&gt;</a>`;
    const hostile = `<a ${"href ".repeat(200_000)}`;
    const draft = await readEmail(mail("Content-Type: text/html", html + hostile), to);
    expect(draft.links).toEqual([{ text: "ok <b>", href: "https://ok.example/?a=1&b=2" }]);
  });
});

it("prints addresses with their names, groups unfolded", () => {
  const group = { name: "On-call", group: [{ name: "", address: "a@b.example" }] };
  expect(printAddresses([{ name: "Kim", address: "kim@b.example" }, group, undefined])).toBe(
    "Kim <kim@b.example>, a@b.example",
  );
});
