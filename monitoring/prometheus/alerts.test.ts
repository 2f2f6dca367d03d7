import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { alertName } from "../compiler/names.ts";
import { defaultLinkBases } from "../compiler/rules/annotations.ts";
import { handWrittenAlerts } from "./alerts.ts";
import { generatedRules, recordedNames, recordedSeries } from "./recorded.ts";

const alerts = handWrittenAlerts();
const names = alerts.map(({ alert }) => alert);
const tested = ruleTests();

describe("the hand-written alerts", () => {
  it("have one name each", () => {
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it("are in the file of their severity", () => {
    const severities = (file: string) => [
      ...new Set(alerts.filter((each) => each.file === file).map(({ labels }) => labels.severity)),
    ];
    expect(severities("critical.yml")).toEqual(["critical"]);
    expect(severities("warning.yml").toSorted()).toEqual(["info", "warning"]);
    expect(severities("meta.yml").toSorted()).toEqual(["critical", "none", "warning"]);
  });

  it("about the monitoring itself are in meta.yml, and nothing else is", () => {
    const misplaced = alerts.filter(
      ({ file, labels }) => (labels.category === "meta") !== (file === "meta.yml"),
    );
    expect(misplaced.map(({ alert }) => alert)).toEqual([]);
  });

  it("use no recorded series that the compiler does not record", () => {
    const recorded = recordedNames();
    const used = alerts.flatMap(({ expr }) => expr.match(recordedSeries) ?? []);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !recorded.has(name))).toEqual([]);
  });

  it("are each tested to fire and to stay silent", () => {
    const untested = (fires: boolean) =>
      names.filter((name) => !tested.some((each) => each.alertname === name && each.fires === fires));
    expect(untested(true)).toEqual([]);
    expect(untested(false)).toEqual([]);
  });
});

describe("the runbook of", () => {
  const links = [
    ...alerts.map((each) => [each.alert, each.annotations.runbook_url]),
    // Not every SLO asks for every alert of the compiler; each has its page all the same.
    ...Object.values(alertName).map((name) => [name, `${defaultLinkBases.runbooks}/${name}.md`]),
    ...generatedRules().flatMap(({ alert, annotations }) =>
      annotations === undefined ? [] : [[alert, annotations.runbook_url]],
    ),
  ];
  const unique = [...new Map(links.map(([alert = "", url = ""]) => [alert, url] as const))];

  it.each(unique)("%s is there", (_alert, url) => {
    const { runbooks } = defaultLinkBases;
    const [page = "", heading] = url.slice(runbooks.length + 1).split("#");
    expect(url.startsWith(`${runbooks}/`)).toBe(true);
    const file = new URL(`../runbooks/${page}`, import.meta.url);
    expect(existsSync(file)).toBe(true);
    if (heading === undefined) return;
    const headings = readFileSync(file, "utf8").matchAll(/^## (\w+)$/gm);
    expect([...headings].map(([, title = ""]) => title.toLowerCase())).toContain(heading);
  });
});

/** Every expectation of the promtool tests. */
function ruleTests(): { alertname: string; fires: boolean }[] {
  const expectation = z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()) });
  const schema = z.object({ tests: z.array(z.object({ alert_rule_test: z.array(expectation) })) });
  const folder = new URL("rule-tests/", import.meta.url);
  return readdirSync(folder)
    .flatMap((file) => schema.parse(parse(readFileSync(new URL(file, folder), "utf8"))).tests)
    .flatMap((test) => test.alert_rule_test)
    .map(({ alertname, exp_alerts }) => ({ alertname, fires: exp_alerts.length > 0 }));
}
