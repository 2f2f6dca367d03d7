import { describe, expect, it } from "vitest";
import { mrkdwn } from "./mrkdwn.ts";

const shown = async (text: string): Promise<string> => (await mrkdwn(text)).toString();

describe("Slack's markup", () => {
  it("is bold, italic, strike and code at the edges of words", async () => {
    expect(await shown("*bold* _it_ ~no~ `a*b*`")).toBe(
      "<strong>bold</strong> <em>it</em> <s>no</s> <code>a*b*</code>",
    );
    expect(await shown("2 * 3 * 4 snake_case_name a*b*c")).toBe("2 * 3 * 4 snake_case_name a*b*c");
  });

  it("nests", async () => {
    expect(await shown("*bold _and italic_*")).toBe("<strong>bold <em>and italic</em></strong>");
  });

  it("links and mentions", async () => {
    const link = (href: string, text: string) =>
      `<a href="${href}" rel="noopener noreferrer" target="_blank">${text}</a>`;
    expect(await shown("<https://a.example/?x=1&amp;y=2|the page>")).toBe(
      link("https://a.example/?x=1&amp;y=2", "the page"),
    );
    expect(await shown("see https://a.example/x.")).toBe(
      `see ${link("https://a.example/x", "https://a.example/x")}.`,
    );
    expect(await shown("<@U1|kim> <#C1|sre> <!here>")).toBe(
      '<span class="mention">@kim</span> <span class="mention">#sre</span> <span class="mention">@here</span>',
    );
  });

  it("keeps lines, quotes and fenced code", async () => {
    expect(await shown("a\n&gt; said\nb")).toBe("a<blockquote>said</blockquote>b");
    expect(await shown("```\na *b*\n```after")).toBe("<pre>a *b*\n</pre>after");
    expect(await shown("before\n```x```\nafter\nend")).toBe("before<pre>x</pre>after<br />end");
    expect(await shown("no ``` end")).toBe("no ``` end");
  });

  it("takes Slack's escapes back before it escapes for HTML", async () => {
    expect(await shown("&lt;b&gt; &amp; <b> &")).toBe("&lt;b&gt; &amp; &lt;b&gt; &amp;");
  });
});

describe("hostile markup", () => {
  it("comes out as text", async () => {
    expect(await shown("<script>alert(1)</script>")).toBe("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(await shown("<javascript:alert(1)|click>")).toBe("&lt;javascript:alert(1)|click&gt;");
    expect(await shown('*<img src=x onerror="alert(1)">*')).not.toContain("<img");
    expect(await shown('<https://a.example/"onmouseover=alert(1)|x>')).toContain(
      "https://a.example/%22onmouseover=alert(1)",
    );
  });

  it("costs linear time", async () => {
    const before = performance.now();
    for (const piece of ["*", "<", "`", "_a", "*a ", "<http://", "```", "~ "])
      await shown(piece.repeat(20_000));
    // Quadratic work on 40,000 characters would take minutes.
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
