/** A program that the runner starts and watches. */
export interface Component {
  /** In file names and messages: `order`, `prometheus`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Settings besides what every program is given; see `environment.ts`. */
  readonly env: Readonly<Record<string, string>>;
  /** Where it listens, by what for; nothing starts unless all are free. */
  readonly ports: readonly (readonly [purpose: string, port: number])[];
  /** It is ready when this address answers 2xx. */
  readonly readyUrl: string;
  /** Done when those that it waits for are ready, before it is started. @default nothing */
  readonly prepare?: (signal: AbortSignal) => Promise<void>;
  /** Names of the components that must be ready before it starts. */
  readonly after: readonly string[];
}

/** What a component is doing, for whoever watches the start. */
export type ComponentState =
  | { readonly state: "waiting" }
  | { readonly state: "starting" }
  | { readonly state: "ready"; readonly milliseconds: number };
