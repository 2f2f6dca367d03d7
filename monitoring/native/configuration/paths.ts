import path from "node:path";

/** The derived files of one state folder. */
export interface ConfigurationFiles {
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly loki: string;
  /** One file a secret, named as in production. */
  readonly secrets: string;
}

export function configurationFiles(stateDirectory: string): ConfigurationFiles {
  return {
    prometheus: path.join(stateDirectory, "configuration", "prometheus", "prometheus.yml"),
    alertmanager: path.join(stateDirectory, "configuration", "alertmanager", "alertmanager.yml"),
    loki: path.join(stateDirectory, "configuration", "loki", "loki.yml"),
    secrets: path.join(stateDirectory, "secrets"),
  };
}

/**
 * Where Node keeps what it compiled. One for every stack of this checkout: types are stripped and modules compiled at the
 * very first start only, and not again for a new state folder. Where it cannot be written Node goes without.
 */
export const compileCache = path.resolve(
  import.meta.dirname,
  "../../../node_modules/.cache/burnrate-compile",
);

/** Where a program keeps its data. Each time scale has its own: an hour's series must not hold a minute's samples. */
export function dataDirectory(stateDirectory: string, program: string, timeScale: number): string {
  return path.join(stateDirectory, timeScale === 1 ? program : `${program}-x${timeScale}`);
}
