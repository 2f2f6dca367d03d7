import { expect, it } from "vitest";
import { boardConsole, dashboardJson, fakeSources } from "./testing.ts";

/** Breaks out of text, of an attribute in either quote, of a URL, and of a PromQL string. */
const SCRIPT = `<script>alert(1)</script><img src=x onerror=alert(2)>"'><svg onload=alert(3)>\\"} or up{a="`;
const links = [
  { title: SCRIPT, url: "javascript:alert(4)" },
  { title: SCRIPT, url: `https://ok.example/\${__field.labels.a}?x=\${__value.text}` },
];
const steps = [{ color: SCRIPT, value: null }];
const fieldConfig = {
  defaults: {
    unit: SCRIPT,
    noValue: SCRIPT,
    displayName: `${SCRIPT} \${__field.labels.a}`,
    links,
    thresholds: { mode: "absolute", steps },
    mappings: [{ type: "value", options: { 2: { text: SCRIPT, color: SCRIPT } } }],
  },
  overrides: [],
};
const types = [
  "timeseries",
  "stat",
  "gauge",
  "bargauge",
  "table",
  "heatmap",
  "state-timeline",
  "logs",
  "text",
  "piechart",
];
const panels = types.map((type, at) => ({
  id: at + 1,
  type,
  title: SCRIPT,
  description: SCRIPT,
  links,
  fieldConfig,
  datasource: { type: type === "logs" ? "loki" : "prometheus", uid: SCRIPT },
  targets: [
    {
      refId: "A",
      expr: "x",
      legendFormat: `${SCRIPT}{{a}}`,
      format: type === "table" ? "table" : "time_series",
      instant: type === "table",
    },
  ],
  options:
    type === "text" ? { content: `# ${SCRIPT}\n\n[${SCRIPT}](javascript:alert(5)) \`${SCRIPT}\`` } : {},
}));
const dashboard = dashboardJson([{ type: "row", title: SCRIPT, id: 90 }, ...panels], {
  title: SCRIPT,
  description: SCRIPT,
  [SCRIPT]: SCRIPT,
  templating: {
    list: [
      {
        type: "query",
        name: "v",
        label: SCRIPT,
        multi: true,
        includeAll: true,
        query: "label_values(a)",
        current: { value: SCRIPT },
      },
      { type: "textbox", name: "t", label: SCRIPT, query: SCRIPT },
    ],
  },
  annotations: {
    list: [{ name: SCRIPT, expr: "x", titleFormat: `${SCRIPT}{{a}}`, textFormat: SCRIPT, iconColor: SCRIPT }],
  },
});

it("labels, log lines, titles and values are text wherever they are shown", async () => {
  const sources = fakeSources(
    { x: [{ metric: { a: SCRIPT, le: SCRIPT, [SCRIPT]: SCRIPT }, values: [1, 2] }] },
    {
      labels: { a: [SCRIPT] },
      lines: [{ stream: { level: SCRIPT, [SCRIPT]: SCRIPT }, values: [["1763726400123456789", SCRIPT]] }],
    },
  );
  const { app } = boardConsole(
    { "test.json": dashboard, "broken.json": SCRIPT },
    { ...sources, loki: "http://loki:3100" },
  );
  const address = encodeURIComponent(SCRIPT);
  for (const path of [
    "/dashboards",
    "/dashboards/test",
    `/dashboards/test?var-v=${address}&var-t=${address}&from=${address}&to=${address}`,
    `/dashboards/${address}`,
    ...panels.map(({ id }) => `/dashboards/test/panels/${id}`),
  ]) {
    const page = await (await app.request(path)).text();
    expect(page).not.toMatch(/<script(?! src="\/static\/)/i);
    // Inside quotes they are text.
    expect(page.replaceAll(/="[^"]*"/g, '=""')).not.toMatch(/<[a-z][^<>]*\son(error|load|mouseover)\s*=/i);
    expect(page).not.toMatch(/<img/i);
    expect(page).not.toMatch(/(href|src|action)="(?!\/|https?:|#)/i);
    expect(page).not.toMatch(/class="[^"]*[<&]/);
  }
});
