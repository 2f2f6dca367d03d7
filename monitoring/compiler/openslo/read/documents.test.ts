import { describe, expect, it } from "vitest";
import { problemsOf, slosOf } from "../../testdata/fixture.ts";

describe("YAML documents", () => {
  it("refuses a field that is given twice", () => {
    expect(problemsOf("bad/duplicate-key.yaml")).toEqual([
      "error bad/duplicate-key.yaml:7:3: the field service is given twice. Keep one of the two. [yaml-duplicate-key]",
    ]);
  });

  it("refuses tabs as indentation", () => {
    expect(problemsOf("bad/tabs.yaml")).toEqual([
      "error bad/tabs.yaml:4:1: not valid YAML: tabs are not allowed as indentation. Indent with spaces. [yaml-syntax]",
    ]);
  });

  it("refuses an alias without its anchor", () => {
    expect(problemsOf("bad/alias-without-anchor.yaml")).toEqual([
      "error bad/alias-without-anchor.yaml:5:11: not usable YAML: unresolved alias (the anchor must be set before the alias): team. Define the anchor above its aliases in the same document, and use few of them. [yaml-alias]",
    ]);
  });

  it("refuses a file that is not UTF-8", () => {
    expect(problemsOf("bad/not-utf8.yaml")).toEqual([
      "error bad/not-utf8.yaml: the file is not UTF-8 text. Save it as UTF-8. [not-utf8]",
    ]);
  });

  it("warns of a file without an object", () => {
    expect(problemsOf("bad/nothing-in-it.yaml")).toEqual([
      "warning bad/nothing-in-it.yaml: the file holds no object. Remove it, or write one. [empty-file]",
    ]);
  });

  it("refuses documents and list items that are no OpenSLO objects", () => {
    expect(problemsOf("bad/not-objects.yaml")).toEqual([
      'error bad/not-objects.yaml:1:1: got "just text", want an OpenSLO object. Begin with apiVersion, kind and metadata. [not-an-object]',
      "error bad/not-objects.yaml:3:3: [0]: got 1, want an OpenSLO object. Begin with apiVersion, kind and metadata. [not-an-object]",
      'error bad/not-objects.yaml:5:9: [1].kind: got "Slo", want DataSource, Service, SLI, SLO, AlertPolicy, AlertCondition or AlertNotificationTarget. Did you mean "SLO"? [unknown-kind]',
      "error bad/not-objects.yaml:8:3: [2].apiVersion: this field is required and missing. Add apiVersion: openslo/v1. [missing-field]",
    ]);
  });

  it("reads lists of objects, empty documents, anchors, merge keys and empty fields", () => {
    expect(problemsOf("good/yaml-forms.yaml")).toEqual([]);
    expect(Object.keys(slosOf("good/yaml-forms.yaml"))).toEqual(["from-a-list", "with-anchors"]);
  });

  it("reads a byte order mark and Windows line ends", () => {
    expect(problemsOf("good/windows-text.yaml")).toEqual([]);
    expect(slosOf("good/windows-text.yaml")["from-windows"]?.source.line).toBe(28);
  });
});
