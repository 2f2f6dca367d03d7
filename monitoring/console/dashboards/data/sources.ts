import { createTurns } from "../../../../services/kit/turns.ts";
import { askLimits } from "../limits.ts";
import type { Scope } from "../variables/interpolate.ts";
import { AbsentSourceError, createAsk, DataSourceError } from "./ask.ts";
import type { Api } from "./prometheus.ts";

/** What dashboards can ask. */
export interface Sources {
  readonly prometheus: Api;
  /** Null where no Loki runs. */
  readonly loki: Api | null;
}

export interface SourceAddresses {
  readonly prometheus: string;
  readonly loki?: string | undefined;
  /** @default the global fetch */
  readonly fetch?: typeof globalThis.fetch;
}

/** @param addresses base addresses, without a path. */
export function createSources({ prometheus, loki, fetch }: SourceAddresses): Sources {
  const turns = createTurns(askLimits.atOnce);
  const common = { turns, ...(fetch === undefined ? {} : { fetch }) };
  return {
    prometheus: {
      name: "Prometheus",
      root: "/api/v1",
      ask: createAsk({ name: "Prometheus", url: prometheus, ...common }),
    },
    loki:
      loki === undefined
        ? null
        : {
            name: "Loki",
            root: "/loki/api/v1",
            ask: createAsk({ name: "Loki", url: loki, ...common }),
          },
  };
}

type DataSource = { readonly type?: string | undefined; readonly uid: string } | null | undefined;

/** Which kind a reference names: by its type, else by its uid, through a variable if need be. Null for ours to name. */
export function kindOf(reference: DataSource, { variables }: Pick<Scope, "variables">): string {
  const uid = reference?.uid ?? "prometheus";
  const variable = /^\$\{?(\w+)\}?$/.exec(uid)?.[1];
  const chosen = variables.find(({ name }) => name === variable)?.values[0];
  return reference?.type ?? chosen ?? uid;
}

/** @throws DataSourceError in words: where the kind is none that the console asks, and (absent) where it does not run here. */
export function sourceFor(kind: string, sources: Sources): Api {
  if (kind === "prometheus") return sources.prometheus;
  if (kind !== "loki")
    throw new DataSourceError(`The console does not ask data sources of type ${kind}; Grafana does`);
  if (sources.loki !== null) return sources.loki;
  throw new AbsentSourceError(
    "No Loki runs here, so there are no logs to show. `docker compose up --build --wait` brings one; " +
      "`npm run demo` starts it where `loki` is on the PATH; the console finds it by LOKI_URL",
  );
}
