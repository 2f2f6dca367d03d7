import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { testConsole } from "../testing.ts";
import { markdown } from "./markdown.ts";
import { textOf } from "./testing.ts";

const folder = new URL("../../runbooks/", import.meta.url);

describe("a runbook", () => {
  it.each(readdirSync(folder).filter((file) => file.endsWith(".md")))("%s is a page", async (file) => {
    const { app } = testConsole();
    const response = await app.request(`/runbooks/${file.replace(".md", "")}`);
    const page = await response.text();
    expect(response.status).toBe(200);
    const title = /^# (.*)$/m.exec(readFileSync(new URL(file, folder), "utf8"))?.[1] ?? "";
    expect(page).toContain(`<h1 class="title">${title}</h1>`);
    for (const [, runbook] of page.matchAll(/href="\/runbooks\/([^"]*)"/g))
      expect(readdirSync(folder)).toContain(`${runbook}.md`);
  });

  it("is found by the name of an alert that shares a page with others", async () => {
    const { app } = testConsole();
    const text = textOf(await (await app.request("/runbooks/LokiWALDiskFull")).text());
    expect(text).toContain("The disk of the write-ahead log is full.");
    expect((await app.request("/runbooks/Nothing")).status).toBe(404);
    expect((await app.request("/runbooks/..%2Fpackage")).status).toBe(404);
  });
});

it("Markdown is text unless it is one of the few things that runbooks use", async () => {
  const drawn = String(
    await markdown(
      "# A `b`\n\n**Page.** x < y, snake_case_name and _so_.\n\n| a | b |\n| --- | --- |\n| 1 | `2` |\n\n" +
        "1. one\n2. two [T](TargetDown.md) [evil](javascript:alert(1)) <script>\n\n```sh\nrm -rf <x>\n\n# no title\n```",
    ),
  );
  expect(drawn).toContain('<h1 class="title">A <code>b</code></h1>');
  expect(drawn).toContain("<strong>Page.</strong> x &lt; y, snake_case_name and <em>so</em>.");
  expect(drawn).toMatch(/<th scope="col">a<\/th>[\s\S]*<td><code>2<\/code><\/td>/);
  expect(drawn).toContain('<a href="/runbooks/TargetDown">T</a>');
  expect(drawn).toContain("rm -rf &lt;x&gt;\n\n# no title");
  expect(drawn).not.toMatch(/href="javascript|<script>/);
});
