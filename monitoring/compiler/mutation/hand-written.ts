/** The hand-written alerts of monitoring/prometheus as subjects of mutation: one a file of alerts. */
import { readFileSync, readdirSync } from "node:fs";
import { readYaml, rulesSchema, testFile, testsSchema } from "./subject.ts";
import type { Subject } from "./subject.ts";

const prometheus = new URL("../../prometheus/", import.meta.url);

/** Reads the alerts, each file with every test file that loads it. */
export function handWrittenSubjects(): Subject[] {
  const tests = textsOf("rule-tests/");
  return [...textsOf("alerts/")].map(([file, text]) => ({
    name: file,
    groups: rulesSchema.parse(readYaml(text)).groups,
    files: [...tests.values()]
      .filter((test) =>
        testsSchema.parse(readYaml(test)).rule_files.some((path) => path.endsWith(`/${file}`)),
      )
      .map((test) => testFile(test)),
    shape: text,
  }));
}

function textsOf(folder: string): Map<string, string> {
  const url = new URL(folder, prometheus);
  return new Map(
    readdirSync(url)
      .filter((name) => name.endsWith(".yml"))
      .map((name) => [name, readFileSync(new URL(name, url), "utf8")]),
  );
}
