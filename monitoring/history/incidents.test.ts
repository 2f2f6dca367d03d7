import { describe, expect, it } from "vitest";
import { IncidentsError, incidentsFileSchema, parseIncidents } from "./incidents.ts";
import type { PastIncident } from "./incidents.ts";

const incident: PastIncident = {
  name: "bad-deploy",
  service: "payment",
  kind: "errors",
  start: "2026-11-10T09:00:00.000Z",
  end: "2026-11-10T10:00:00.000Z",
  share: 0.2,
  sli: ["availability"],
  description: "One answer in five is a 500.",
};
const file = {
  seed: 1,
  from: "2026-10-29T12:00:00.000Z",
  to: "2026-11-28T12:00:00.000Z",
  time_scale: 1,
  incidents: [incident],
};

function refusal(change: object): string {
  try {
    parseIncidents(JSON.stringify({ ...file, ...change }), "incidents.json");
  } catch (error) {
    return error instanceof IncidentsError ? error.message : "another error";
  }
  return "accepted";
}

describe("incidents.json", () => {
  it("is read as it was written", () => {
    expect(parseIncidents(JSON.stringify(file), "incidents.json")).toEqual(file);
    expect(incidentsFileSchema.parse(file)).toEqual(file);
  });

  it("is refused with every place that is wrong", () => {
    const bad = { ...incident, end: incident.start, share: 0 };
    expect(refusal({ incidents: [bad], time_scale: 0 })).toBe(
      [
        "incidents.json: time_scale: want a time scale of at least 1",
        "incidents.json: incidents.0.share: want a share above 0",
        "incidents.json: incidents.0.end: want an end after the start",
        "monitoring/history/README.md says how the file is written.",
      ].join("\n"),
    );
    expect(refusal({ from: "yesterday" })).toContain(
      "incidents.json: from: want a moment in UTC as ISO 8601 writes it, such as 2026-11-28T12:00:00Z",
    );
    expect(refusal({ incident: [] })).toContain(`Unrecognized key: "incident"`);
  });

  it("is refused when it is no JSON", () => {
    expect(() => parseIncidents("{", "a/incidents.json")).toThrow(/^a\/incidents\.json: .*README\.md/);
  });
});
