import type { z } from "zod";
import { libraryLimits } from "../limits.ts";
import { dashboardSchema } from "./dashboard.ts";
import type { DashboardFile } from "./dashboard.ts";
import { DRAWN } from "./panel.ts";
import type { Panel, Row } from "./panel.ts";

/** A dashboard, and what of its file the console does not draw. */
export interface ReadDashboard extends Omit<DashboardFile, "panels"> {
  readonly panels: readonly (WithId<Panel> | WithId<Row>)[];
  /** Places in the file, such as `panels[2].options.pieType`. */
  readonly notDrawn: readonly string[];
}
type WithId<T> = T & { readonly id: number };

/** The file is no dashboard that can be shown. `problems` has one line a place. */
export class DashboardFileError extends Error {
  override readonly name = "DashboardFileError";
  readonly code = "BAD_DASHBOARD";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("; "));
    this.problems = problems;
  }
}

/** What cannot be drawn is taken out and named; each round may uncover more beneath it. */
const ROUNDS = 20;
const MAX_PROBLEMS = 5;

/**
 * Reads a dashboard file. Unknown keys, override properties and panel types are left out and named; a known key with a
 * value of another form is an error.
 *
 * @param text Grafana's classic JSON.
 * @throws DashboardFileError
 */
export function readDashboard(text: string): ReadDashboard {
  const json = namedForeign(parseJson(text));
  const notDrawn: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const parsed = dashboardSchema.safeParse(json);
    if (parsed.success) return { ...parsed.data, panels: numbered(parsed.data.panels), notDrawn };
    const rest = parsed.error.issues.filter((issue) => !takeOut(json, issue, notDrawn));
    removeMarked(json);
    if (rest.length > 0) throw new DashboardFileError(rest.slice(0, MAX_PROBLEMS).map(problemText));
  }
  throw new DashboardFileError([
    "it has more unknown parts than can be told apart; want Grafana's classic JSON",
  ]);
}

function parseJson(text: string): Record<string, unknown> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new DashboardFileError([
      `it is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    ]);
  }
  if (!isObject(json)) throw new DashboardFileError(["got JSON that is no object, want a dashboard"]);
  if ("spec" in json || "apiVersion" in json)
    throw new DashboardFileError([
      "got a dashboard as a Kubernetes resource (apiVersion, spec), want Grafana's classic JSON (schema v1)",
    ]);
  return json;
}

/** Panels of types that the schema does not know become `foreign`, so that only they are not drawn. */
function namedForeign(json: Record<string, unknown>): Record<string, unknown> {
  const named = (panels: unknown): unknown =>
    Array.isArray(panels) ? panels.slice(0, libraryLimits.panels).map((panel) => nameOne(panel)) : panels;
  const nameOne = (panel: unknown): unknown => {
    if (!isObject(panel) || typeof panel["type"] !== "string") return panel;
    const { type } = panel;
    if (type === "row") return { ...panel, panels: named(panel["panels"] ?? []) };
    return DRAWN.includes(type) ? panel : { ...panel, type: "foreign", was: type };
  };
  return { ...json, panels: named(json["panels"] ?? []) };
}

const MARKED = Symbol("marked for removal");

/** @returns whether the issue is about something unknown, which is then out of the JSON and in the list. */
function takeOut(json: unknown, issue: z.core.$ZodIssue, notDrawn: string[]): boolean {
  if (issue.code === "unrecognized_keys") {
    const holder = at(json, issue.path);
    for (const key of issue.keys) {
      notDrawn.push(placeOf([...issue.path, key]));
      if (isObject(holder)) delete holder[key];
    }
    return true;
  }
  // An override's property or matcher of a kind that the schema does not list.
  const inOverride = issue.path.includes("overrides") && issue.code === "invalid_union";
  const place = issue.path.slice(
    0,
    issue.path.lastIndexOf(issue.path.findLast((part) => typeof part === "number") ?? -1) + 1,
  );
  const list = at(json, place.slice(0, -1));
  if (!inOverride || !Array.isArray(list)) return false;
  const named = at(json, issue.path);
  notDrawn.push(`${placeOf(issue.path)} (${JSON.stringify(named)?.slice(0, 60)})`);
  list[Number(place.at(-1))] = MARKED;
  return true;
}

function removeMarked(value: unknown): void {
  if (Array.isArray(value)) {
    for (let index = value.length - 1; index >= 0; index -= 1)
      if (value[index] === MARKED) value.splice(index, 1);
      else removeMarked(value[index]);
  } else if (isObject(value)) for (const part of Object.values(value)) removeMarked(part);
}

function at(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      Array.isArray(value) ? value[Number(part)] : isObject(value) ? value[String(part)] : undefined,
    json,
  );
}

function problemText(issue: z.core.$ZodIssue): string {
  return `${placeOf(issue.path) || "the file"}: ${issue.message}`;
}

/** `panels[2].options.legend`, as in JavaScript. */
function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${String(part)}`,
    )
    .join("");
}

/** Panels without an id, or with one that is taken, get the next that is free. */
function numbered(panels: DashboardFile["panels"]): (WithId<Panel> | WithId<Row>)[] {
  const all = panels.flatMap((panel) => (panel.type === "row" ? [panel, ...panel.panels] : [panel]));
  const taken = new Set<number>();
  let next = Math.max(0, ...all.map(({ id }) => id ?? 0)) + 1;
  const give = <T extends Panel | Row>(panel: T): WithId<T> => {
    const id = panel.id === undefined || taken.has(panel.id) ? next++ : panel.id;
    taken.add(id);
    return { ...panel, id };
  };
  return panels.map((panel) =>
    panel.type === "row" ? { ...give(panel), panels: panel.panels.map(give) } : give(panel),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
