import type { RuleDocument } from "../../compiler/time-scale.ts";
import type { DerivedAlertmanager } from "../configuration/alertmanager.ts";
import type { History } from "../history.ts";
import type { Ports } from "../ports.ts";
import type { Toolbox } from "../tools/tools.ts";

/** What decides the components of one stack and their configuration. */
export interface Plan {
  readonly ports: Ports;
  readonly toolbox: Toolbox;
  /** Absolute. */
  readonly stateDirectory: string;
  /** How many times shorter all windows and intervals are. */
  readonly timeScale: number;
  readonly profile: "default" | "reference";
  /** Requests per second at the peak. @default the load generator's */
  readonly rps?: number | undefined;
  /** @default different each time */
  readonly seed?: number | undefined;
  /** What Prometheus finds when it has no data yet. @default none */
  readonly history?: History | undefined;
  /** Settings beyond the usual, by component; a benchmark's flat load, for example. @default none */
  readonly environment?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
  /** Rules and receivers beyond the usual; a benchmark's, for example. @default none */
  readonly additions?: Additions | undefined;
}

/** What a stack is given on top of its configuration. */
export interface Additions {
  /** Rule files at real scale, by file name without the ending. */
  readonly rules: Readonly<Record<string, RuleDocument>>;
  /** Changes Alertmanager's derived configuration. */
  readonly alertmanager: (config: DerivedAlertmanager["config"]) => DerivedAlertmanager["config"];
}
