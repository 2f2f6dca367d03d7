import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeBackTexts } from "./text-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "burnrate-texts-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fill = (...names: readonly string[]): void => {
  for (const name of names) writeFileSync(path.join(folder, name), "");
};

it("takes back a past that nobody has taken, whether all of it was written or not", async () => {
  fill("000010-2-54.om", "000020-0-54.om.part", "complete", "incidents.json");
  await takeBackTexts(folder);
  expect(readdirSync(folder)).toEqual([]);
});

it("keeps the truth about a past that was taken", async () => {
  fill("complete", "incidents.json");
  await takeBackTexts(folder);
  expect(readdirSync(folder).toSorted()).toEqual(["complete", "incidents.json"]);
});
