import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/fixtures.ts";
import { findTools, missingTools } from "./tools.ts";

function program(directory: string, name: string, mode = 0o755): string {
  const file = path.join(directory, name);
  writeFileSync(file, "#!/bin/sh\n");
  chmodSync(file, mode);
  return file;
}

describe("looking for tools", () => {
  it("finds them under upstream's and under Debian's names", () => {
    const directory = temporaryDirectory();
    const prometheus = program(directory, "prometheus");
    const alertmanager = program(directory, "prometheus-alertmanager");
    const nodeExporter = program(directory, "node_exporter");
    expect(findTools(directory)).toEqual({ prometheus, alertmanager, nodeExporter });
  });

  it("prefers upstream's name, then the earlier folder", () => {
    const [first, second] = [temporaryDirectory(), temporaryDirectory()];
    program(first, "prometheus-alertmanager");
    const alertmanager = program(second, "alertmanager");
    const amtool = program(first, "amtool");
    program(second, "amtool");
    expect(findTools([first, second].join(path.delimiter))).toEqual({ alertmanager, amtool });
  });

  it("passes over folders and over files that cannot be run", () => {
    const directory = temporaryDirectory();
    program(directory, "promtool", 0o644);
    mkdirSync(path.join(directory, "amtool"));
    expect(findTools(directory)).toEqual({});
  });

  it("finds nothing on an empty PATH, and then every required tool is missing", () => {
    expect(findTools("")).toEqual({});
    expect(findTools(undefined)).toEqual({});
    expect(missingTools({})).toEqual(["prometheus", "promtool", "alertmanager", "amtool"]);
    expect(missingTools({ prometheus: "/p", promtool: "/t", alertmanager: "/a" })).toEqual(["amtool"]);
  });
});
