import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatProblem, ProblemLog } from "../problem.ts";
import { findFiles } from "./files.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "burnrate-files-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What is found and what is told, relative to the test's folder. */
function find(...paths: string[]): { files: string[]; problems: string[] } {
  const log = new ProblemLog();
  const files = findFiles(
    paths.map((name) => path.join(folder, name)),
    log,
  );
  const short = (text: string): string => text.replaceAll(`${folder}/`, "");
  return { files: files.map(short), problems: log.sorted().map((problem) => short(formatProblem(problem))) };
}

describe("findFiles", () => {
  it("takes YAML files at any depth, sorted, and leaves hidden and other files alone", () => {
    mkdirSync(path.join(folder, "in/b"), { recursive: true });
    mkdirSync(path.join(folder, "in/.git"));
    for (const name of [
      "in/c.yaml",
      "in/a.yml",
      "in/b/d.YAML",
      "in/notes.md",
      "in/.git/x.yaml",
      "in/.y.yaml",
    ]) {
      writeFileSync(path.join(folder, name), "");
    }
    expect(find("in")).toEqual({ files: ["in/a.yml", "in/b/d.YAML", "in/c.yaml"], problems: [] });
  });

  it("takes a file that is named whatever its ending is", () => {
    writeFileSync(path.join(folder, "slo.json"), "");
    expect(find("slo.json").files).toEqual(["slo.json"]);
  });

  it("ends where links lead in a circle, and lists a file once", () => {
    mkdirSync(path.join(folder, "in"));
    writeFileSync(path.join(folder, "in/a.yaml"), "");
    symlinkSync(path.join(folder, "in"), path.join(folder, "in/again"));
    symlinkSync(path.join(folder, "in/a.yaml"), path.join(folder, "in/b.yaml"));
    expect(find("in", "in/a.yaml")).toEqual({ files: ["in/a.yaml"], problems: [] });
  });

  it("tells of links to nowhere and to themselves", () => {
    mkdirSync(path.join(folder, "in"));
    symlinkSync("nowhere", path.join(folder, "in/a.yaml"));
    symlinkSync("b.yaml", path.join(folder, "in/b.yaml"));
    expect(find("in").problems).toEqual([
      "in/a.yaml: there is no such file or folder. Check the path; it is read from the working directory. [no-such-path]",
      "in/b.yaml: there is no such file or folder. Check the path; it is read from the working directory. [no-such-path]",
    ]);
  });
});
