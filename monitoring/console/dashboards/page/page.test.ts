import { describe, expect, it } from "vitest";
import { boardConsole, dashboardJson, fakeSources, textOf } from "../testing.ts";

const stat = {
  id: 1,
  type: "stat",
  title: "Up in $service",
  gridPos: { x: 0, y: 0, w: 6, h: 4 },
  targets: [{ expr: 'up{service="$service"}', instant: true }],
};
const templating = {
  list: [
    {
      type: "query",
      name: "service",
      label: "Service",
      query: "label_values(up, service)",
      current: { value: "order" },
    },
  ],
};
const labels = { service: ["order", "user"] };
const up = {
  'up{service="order"}': [{ metric: {}, values: [7] }],
  'up{service="user"}': [{ metric: {}, values: [8] }],
};
const board = { "test.json": dashboardJson([stat], { templating }) };

async function opened(
  path: string,
  files: Readonly<Record<string, unknown>> = board,
  sources = fakeSources(up, { labels }),
) {
  const { app } = boardConsole(files, sources);
  const response = await app.request(path);
  const page = await response.text();
  return { page, text: textOf(page), response, asked: sources.asked };
}

describe("the list", () => {
  it("names each dashboard, those that one looks at first at the top", async () => {
    const files = {
      "b.json": dashboardJson([], { uid: "alpha", title: "Alpha" }),
      "a.json": dashboardJson([stat], {
        uid: "slo-overview",
        title: "SLO overview",
        description: "Who burns.\n\nGenerated.",
      }),
    };
    const { text } = await opened("/dashboards", files);
    expect(text).toMatch(/SLO overview Who burns\. 1 panels Alpha 0 panels/);
  });

  it("names a broken file with place, reason and remedy, and shows the others", async () => {
    const files = {
      ...board,
      "broken.json": dashboardJson([{ ...stat, targets: [{ expr: 5 }] }], { uid: "x" }),
      "no.json": "{",
    };
    const { text } = await opened("/dashboards", files);
    expect(text).toMatch(/broken\.json cannot be shown\. panels\[0\]\.targets\[0\]\.expr: .*expected string/);
    expect(text).toMatch(
      /no\.json cannot be shown\. it is not JSON: .* Mend the file\. `npm run generate` writes/,
    );
    expect(text).toMatch(/Test 1 panels/);
    expect((await opened("/dashboards/test", files)).response.status).toBe(200);
  });

  it("says of an empty folder what will be there", async () => {
    expect((await opened("/dashboards", {})).text).toMatch(
      /There is no dashboard yet\. npm run generate writes them/,
    );
  });

  it("answers an unknown uid with 404 and what there is", async () => {
    const { response, text } = await opened("/dashboards/gone");
    expect(response.status).toBe(404);
    expect(text).toMatch(/There is no dashboard gone\. .* Test 1 panels/);
  });
});

describe("a dashboard", () => {
  it("shows the values that the file chooses", async () => {
    const { page, text } = await opened("/dashboards/test");
    expect(text).toMatch(/Up in order 7 /);
    expect(page).toMatch(/<option value="order" selected>order<\/option>/);
  });

  it("takes the parameters of Grafana's links", async () => {
    const { text, asked } = await opened(
      "/dashboards/test?orgId=1&var-service=user&from=1763719200000&to=1763722800000",
    );
    expect(text).toMatch(/Up in user 8 /);
    expect(asked.find(({ path }) => path === "/api/v1/query")?.form.get("time")).toBe("1763722800");
  });

  it("takes a moment and the time around it", async () => {
    const { asked } = await opened("/dashboards/test?time=1763720000000&time.window=600000");
    expect(asked.find(({ path }) => path === "/api/v1/query")?.form.get("time")).toBe("1763720300");
  });

  it("refuses a value that the variable does not have, and never asks with it", async () => {
    const { text, asked } = await opened(
      `/dashboards/test?var-service=${encodeURIComponent('"} or up{a="')}`,
    );
    expect(text).toContain("Service: got &quot;\\&quot;} or up{a=\\&quot;&quot;, want one of order, user.");
    expect(asked.map(({ form }) => form.get("query")).filter((query) => query !== null)).toEqual([
      'up{service="order"}',
    ]);
  });

  it("says of a range that it cannot read, and shows its own", async () => {
    const { response, text } = await opened("/dashboards/test?from=yesterday");
    expect(response.status).toBe(400);
    expect(text).toMatch(
      /from: got &quot;yesterday&quot;, want a time such as now-6h.*This is the dashboard&#39;s own range\./,
    );
    expect(text).toMatch(/Up in order 7 /);
  });

  it("turns a button of the form into an address that can be sent on", async () => {
    const { response } = await opened("/dashboards/test?var-service=user&last=now-7d&from=1&to=2");
    expect([response.status, response.headers.get("location")]).toEqual([
      302,
      "/dashboards/test?var-service=user&from=now-7d&to=now",
    ]);
  });

  it("places its panels by a style sheet, since the policy allows no style in the page", async () => {
    const { page } = await opened("/dashboards/test");
    expect(page).not.toMatch(/\sstyle=|<style|\son\w+=/);
    const address = /\/dashboards\/test\/layout\.css\?\w{12}/.exec(page)?.[0] ?? "";
    expect((await opened(address)).page).toBe("@media (min-width:961px){#panel-1{grid-area:1/1/5/7}}");
  });

  it("takes no query from the browser", async () => {
    const { asked } = await opened("/dashboards/test?query=evil&expr=evil&var-other=evil");
    expect(asked.map(({ form }) => form.toString()).join(" ")).not.toContain("evil");
  });

  it("answers for one panel as on the page, and for none with 404", async () => {
    expect((await opened("/dashboards/test/panels/1?var-service=user")).text).toBe("Up in user 8");
    expect((await opened("/dashboards/test/panels/9")).response.status).toBe(404);
    expect((await opened("/dashboards/gone/panels/1")).response.status).toBe(404);
  });
});

describe("when something does not answer", () => {
  it("each panel says that Prometheus is not there", async () => {
    const refused = Object.assign(new TypeError("fetch failed"), {
      cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }),
    });
    const sources = { fetch: () => Promise.reject(refused), asked: [] };
    const { text, response } = await opened(
      "/dashboards/test",
      { "test.json": dashboardJson([stat, { ...stat, id: 2, title: "B" }], { templating }) },
      sources,
    );
    expect(response.status).toBe(200);
    expect(
      text.match(/Prometheus at http:\/\/prometheus:9090 refuses connections: nothing listens there\./g),
    ).toHaveLength(3);
  });

  it("a panel shows why Prometheus refused its query, and the others go on", async () => {
    const working = fakeSources(up, { labels });
    const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
      typeof init?.body === "string" && init.body.includes("broken")
        ? Response.json({ status: "error", error: "parse error: unexpected end" }, { status: 400 })
        : working.fetch(input, init);
    const panels = [stat, { ...stat, id: 2, title: "Bad", targets: [{ expr: "broken(", instant: true }] }];
    const { text } = await opened(
      "/dashboards/test",
      { "test.json": dashboardJson(panels, { templating }) },
      { ...working, fetch },
    );
    expect(text).toMatch(/Up in order 7 Bad Prometheus refused: parse error: unexpected end\./);
  });

  it("a logs panel says that no Loki runs, and how to get one", async () => {
    const logs = {
      id: 1,
      type: "logs",
      title: "Logs",
      datasource: { type: "loki", uid: "loki" },
      targets: [{ expr: '{a="b"}' }],
    };
    const { text, page } = await opened("/dashboards/test/panels/1", { "test.json": dashboardJson([logs]) });
    expect(text).toMatch(
      /^Logs No Loki runs here, so there are no logs to show\. `docker compose up --build --wait` brings one;/,
    );
    // Nothing is broken.
    expect(page).not.toContain("failed");
  });
});
