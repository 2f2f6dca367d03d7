import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isPage } from "../compiler/windows.ts";
import { handWrittenAlerts } from "../prometheus/alerts.ts";
import { recordedNames, recordedSeries } from "../prometheus/recorded.ts";

const folder = new URL(".", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), "utf8");
const pages = readdirSync(folder).filter((file) => file.endsWith(".md") && file !== "README.md");

describe.each(pages)("%s", (page) => {
  const text = read(page);

  it("asks for no recorded series that the compiler does not record", () => {
    const recorded = recordedNames();
    expect((text.match(recordedSeries) ?? []).filter((name) => !recorded.has(name))).toEqual([]);
  });

  it("says how to make it happen and when it clears, within 60 lines", () => {
    expect(text).toMatch(/in the lab/i);
    expect(text).toMatch(/clear/i);
    expect(text.split("\n").length).toBeLessThanOrEqual(60);
  });
});

it("the list of what wakes somebody is complete", () => {
  const critical = handWrittenAlerts().filter(({ labels }) => isPage(labels));
  const list = read("README.md");
  expect(critical.map(({ alert }) => alert).filter((name) => !list.includes(name))).toEqual([]);
});
