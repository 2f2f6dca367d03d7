import path from "node:path";
import { INCIDENTS_FILE } from "../../history/write/place.ts";

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

/** Where a program keeps its data. Each time scale has its own: an hour's series must not hold a minute's samples. */
export function dataDirectory(stateDirectory: string, program: string, timeScale: number): string {
  return path.join(stateDirectory, timeScale === 1 ? program : `${program}-x${timeScale}`);
}

/** What went wrong in the past that Prometheus was given; it is as true as the data beside it. */
export function incidentsFile(stateDirectory: string, timeScale: number): string {
  return path.join(dataDirectory(stateDirectory, "history", timeScale), INCIDENTS_FILE);
}
