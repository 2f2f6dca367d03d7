import { expect, it } from "vitest";
import { boardConsole, dashboardJson, fakeSources, textOf } from "../testing.ts";
import type { Answer } from "../testing.ts";

const steps = [
  { color: "red", value: null },
  { color: "orange", value: 0 },
  { color: "green", value: 0.25 },
];
const defaults = { unit: "percentunit", decimals: 1, thresholds: { mode: "absolute", steps } };
const one: readonly Answer[] = [{ metric: { slo: "a" }, values: [0.1, 0.5] }];
const two: readonly Answer[] = [...one, { metric: { slo: "b" }, values: [null, -0.25] }];
const targets = [{ refId: "A", expr: "x", instant: true, range: false, legendFormat: "{{slo}}" }];
const over = [{ refId: "A", expr: "x", range: true, legendFormat: "{{slo}}" }];

/** The panel alone, as the script asks for it. */
async function drawn(
  panel: Readonly<Record<string, unknown>>,
  series: readonly Answer[],
  lines: readonly unknown[] = [],
) {
  const json = dashboardJson([{ id: 1, title: "P", targets, fieldConfig: { defaults }, ...panel }]);
  const { fetch } = fakeSources({ x: series }, { lines });
  const { app } = boardConsole({ "test.json": json }, { fetch, loki: "http://loki:3100" });
  const response = await app.request("/dashboards/test/panels/1");
  const html = await response.text();
  return { html, text: textOf(html), status: response.status };
}

it("a stat says a large number, with its state as shape and word class", async () => {
  const { html, text } = await drawn({ type: "stat" }, one);
  expect(text).toBe("P 50.0 %");
  expect(html).toMatch(/<span class="big good"\s*><i class="dot"><\/i>50\.0 %<\/span/);
});

it("a stat of several values names them", async () => {
  const { html, text } = await drawn({ type: "stat" }, two);
  expect(text).toBe("P a 50.0 % b −25.0 %");
  expect(html).toMatch(/<span class="big bad"\s*><i class="triangle"><\/i>−25\.0 %/);
});

it("a gauge that goes below zero is filled from zero, and says its value to whoever does not see it", async () => {
  const { html } = await drawn(
    { type: "gauge", fieldConfig: { defaults: { ...defaults, min: -1, max: 1 } } },
    one,
  );
  expect(html).toContain('aria-label="a: 50.0 %"');
  expect(html).toContain('class="zero" d="M100.0 36.0 L100.0 12.0"');
  expect(html.match(/class="band c-(red|orange|green)"/g)).toHaveLength(3);
});

it("a bar gauge draws a deficit to the left of zero", async () => {
  const { html, text } = await drawn(
    { type: "bargauge", fieldConfig: { defaults: { ...defaults, min: 0, max: 1 } } },
    two,
  );
  expect(text).toBe("P Name Value Bar a 50.0 % b −25.0 %");
  expect(html).toMatch(/class="fill c-red"\s+x="0\.00%"\s+y="3"\s+width="20\.00%"/);
  expect(html).toMatch(/class="fill c-green"\s+x="20\.00%"\s+y="3"\s+width="40\.00%"/);
});

it("a table has its columns, links with the row's cells, and states", async () => {
  const overrides = [
    {
      matcher: { id: "byName", options: "Name" },
      properties: [
        {
          id: "links",
          value: [
            { title: "Show", url: "/d/slo-overview?var-slo=${__data.fields.slo}&from=${__from}&to=${__to}" },
          ],
        },
      ],
    },
    {
      matcher: { id: "byName", options: "Left" },
      properties: [{ id: "custom.cellOptions", value: { type: "color-background" } }],
    },
  ];
  const transformations = [
    {
      id: "organize",
      options: { excludeByName: { Time: true }, renameByName: { slo: "Name", Value: "Left" } },
    },
    { id: "sortBy", options: { sort: [{ field: "Left" }] } },
  ];
  const { html, text } = await drawn(
    {
      type: "table",
      targets: [{ ...targets[0], format: "table" }],
      fieldConfig: { defaults, overrides },
      transformations,
    },
    two,
  );
  expect(text).toBe("P Name Left b −25.0 % a 50.0 %");
  expect(html).toContain('href="/dashboards/slo-overview?var-slo=b&amp;from=now-1h&amp;to=now"');
  expect(html).toMatch(/<td class="number ground-bad"\s*>/);
});

it("a graph is drawn without script, with its last values as text and a gap where nothing was", async () => {
  const custom = { thresholdsStyle: { mode: "dashed" } };
  const { html, text } = await drawn(
    { type: "timeseries", targets: over, fieldConfig: { defaults: { ...defaults, custom } } },
    [{ metric: { slo: "a" }, values: [0.5, null, 0.4, 0.3] }],
  );
  expect(text).toMatch(/ a 30\.0 %$/);
  expect(html).toContain('aria-label="P, over time. a: last 30.0 %, lowest 30.0 %, highest 50.0 %"');
  expect(html).toMatch(/class="line c-blue "\s+d="M\d+ [\d.]+h0M\d+ [\d.]+h0L\d+ [\d.]+"/);
  expect(html).toMatch(/class="threshold dashed c-green"/);
});

it("a graph gives the script the same as data", async () => {
  const { html } = await drawn({ type: "timeseries", targets: over }, one);
  const json = (/data-chart="([^"]*)"/.exec(html)?.[1] ?? "").replaceAll("&quot;", '"');
  const { series, times, range, y } = JSON.parse(json) as {
    series: { name: string; unit: string; values: (number | null)[] }[];
    times: [number, number, number];
    range: [number, number];
    y: [number, number];
  };
  expect(series.map(({ name, unit, values }) => [name, unit, ...values.slice(-3)])).toEqual([
    ["a", "percentunit", null, 0.1, 0.5],
  ]);
  expect(series[0]?.values).toHaveLength(times[2]);
  expect(range[1] - range[0]).toBe(3600);
  expect(y).toEqual([0.1, 0.5]);
});

it("a state timeline joins points that look alike, and says the last state", async () => {
  const mappings = [
    { type: "value", options: { 0: { text: "closed", color: "green" }, 1: { text: "open", color: "red" } } },
  ];
  const { html, text } = await drawn(
    { type: "state-timeline", targets: over, fieldConfig: { defaults: { mappings } } },
    [{ metric: { slo: "a" }, values: [0, 0, 0, 1, 1] }],
  );
  expect(html.match(/<rect /g)).toHaveLength(2);
  expect(html).toMatch(/aria-label="a: closed 11-21 \d\d:\d\d to \d\d:\d\d|aria-label="a: closed /);
  expect(text).toMatch(/open$|open \d/);
  expect(html).toMatch(/<span class="value bad"\s*><i class="triangle"><\/i>open/);
});

it("a heatmap counts what fell into each bucket alone", async () => {
  const { html, text } = await drawn(
    { type: "heatmap", targets: [{ ...over[0], format: "heatmap" }], options: { yAxis: { unit: "s" } } },
    [
      { metric: { le: "+Inf" }, values: [10, 10] },
      { metric: { le: "0.1" }, values: [9, 4] },
      { metric: { le: "0.5" }, values: [10, 9] },
    ],
  );
  expect(text).toMatch(/≤ 100 ms ≤ 500 ms &gt; 500 ms/);
  expect(html).toContain("Most: 65 % ≤ 100 ms, 30 % ≤ 500 ms, 5 % &gt; 500 ms");
  expect(html.match(/<rect\s+class="h\d"\s+x=/g)).toHaveLength(5);
});

it("logs are lines with their level and their labels, newest first", async () => {
  const lines = [
    {
      stream: { service: "order", level: "error" },
      values: [
        ["1763726400123456789", "older"],
        ["1763726401123456789", "newer", { structuredMetadata: { trace_id: "4bf9" } }],
      ],
    },
  ];
  const loki = { type: "loki", uid: "loki" };
  const { text } = await drawn(
    { type: "logs", datasource: loki, targets: [{ refId: "A", expr: "x", queryType: "range" }] },
    [],
    lines,
  );
  expect(text).toBe(
    "P 11-21 12:00:01.123 error newer service order level error trace_id 4bf9 11-21 12:00:00.123 error older service order level error",
  );
});

it("a text panel reads Markdown, and HTML in it is text", async () => {
  const content =
    "# Head\nA **bold** [link](https://ok.example/) and `code`.\n\n- one\n- two\n\n<b>raw</b> [bad](javascript:x)";
  const { html, text } = await drawn({ type: "text", options: { content } }, []);
  expect(text).toBe("P Head A bold link and code . one two &lt;b&gt;raw&lt;/b&gt; [bad](javascript:x)");
  expect(html).toContain('<a href="https://ok.example/"');
});

it("a panel of a type that only Grafana draws says so, and what it would ask", async () => {
  const { text } = await drawn({ type: "piechart", options: { pieType: "donut" } }, []);
  expect(text).toBe("P The console does not draw panels of type piechart; Grafana does. It would ask: x");
});

it.each(["stat", "gauge", "bargauge", "table", "timeseries", "state-timeline", "heatmap"])(
  "a %s without data says so in the panel's own words",
  async (type) => {
    expect((await drawn({ type }, [])).text).toBe("P No data in this range.");
    expect((await drawn({ type, fieldConfig: { defaults: { noValue: "all quiet" } } }, [])).text).toBe(
      "P all quiet",
    );
  },
);

it("what is too much is left out, and said", async () => {
  const many = Array.from({ length: 60 }, (_, at) => ({ metric: { slo: `s${at}` }, values: [at] }));
  expect((await drawn({ type: "timeseries", targets: over }, many)).text).toMatch(
    /40 of 60 series are shown\.$/,
  );
});
