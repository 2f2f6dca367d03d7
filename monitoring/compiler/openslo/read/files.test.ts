import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { header } from "../../emit/generated-file.ts";
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

  it("leaves the compiler's own output in a folder alone", () => {
    mkdirSync(path.join(folder, "in/rules"), { recursive: true });
    writeFileSync(path.join(folder, "in/a.yaml"), "");
    writeFileSync(path.join(folder, "in/rules/a.yml"), `${header(["in/a.yaml"])}groups: []\n`);
    expect(find("in")).toEqual({ files: ["in/a.yaml"], problems: [] });
  });

  it("takes a pipe that is named, and refuses pipes and devices in a folder", () => {
    mkdirSync(path.join(folder, "in"));
    execFileSync("mkfifo", [path.join(folder, "in/pipe.yaml")]);
    symlinkSync("/dev/zero", path.join(folder, "in/zero.yaml"));
    expect(find("in")).toEqual({
      files: [],
      problems: [
        "in/pipe.yaml: this is a pipe, and reading one may never end. Take it out of the folder. [not-a-file]",
        "in/zero.yaml: this is a socket or a device, not a file. Name a file with OpenSLO objects. [not-a-file]",
      ],
    });
    expect(find("in/pipe.yaml")).toEqual({ files: ["in/pipe.yaml"], problems: [] });
  });

  it("refuses a file that is too large to be meant", () => {
    writeFileSync(path.join(folder, "log.yaml"), "");
    truncateSync(path.join(folder, "log.yaml"), 16 * 2 ** 20 + 1);
    expect(find("log.yaml")).toEqual({
      files: [],
      problems: [
        "log.yaml: the file is larger than 16 MiB. Split it; references may cross files. [file-too-large]",
      ],
    });
  });

  it("tells of a folder that it may not read", () => {
    mkdirSync(path.join(folder, "in/locked"), { recursive: true });
    writeFileSync(path.join(folder, "in/locked/a.yaml"), "");
    chmodSync(folder, 0o755);
    chmodSync(path.join(folder, "in/locked"), 0);
    const restore = becomeNobody();
    try {
      expect(find("in/locked", "in/locked/a.yaml").problems).toEqual([
        "in/locked: the folder cannot be read: EACCES. Check its permissions. [unreadable]",
        "in/locked/a.yaml: the path cannot be read: EACCES. Check the permissions of its folders. [unreadable]",
      ]);
    } finally {
      restore();
    }
  });
});

/** Root may read everything. */
function becomeNobody(): () => void {
  if (process.getuid?.() !== 0) return () => {};
  process.seteuid?.(65534);
  return () => process.seteuid?.(0);
}
