import { createSwitches } from "../../faults/switches.ts";
import type { FaultConfig } from "../../faults/config.ts";
import { faultWatchTimes } from "../limits.ts";
import { createEpisodeBook } from "./episode-book.ts";
import type { EpisodeBook } from "./episode-book.ts";
import { createFaultDesk } from "./fault-desk.ts";
import type { FaultDesk } from "./fault-desk.ts";
import { FaultLog } from "./fault-log.ts";
import { createForesight } from "./foresight.ts";
import type { ForesightOptions } from "./foresight.ts";
import { createScenarioDesk } from "./scenario-desk.ts";
import type { ScenarioDesk } from "./scenario-desk.ts";

export interface OpenDeskOptions extends ForesightOptions {
  readonly config: FaultConfig;
  /** The console's data directory. */
  readonly directory: string;
  readonly onChange: () => void;
  readonly onProblem: (problem: string) => void;
  readonly now: () => Date;
}

/** Opens the desk of the fault switches, with the book of what was switched. @throws Error of the file system. */
export function openDesk({ config, directory, onChange, onProblem, now, ...foresight }: OpenDeskOptions): {
  readonly desk: FaultDesk;
  readonly scenarios: ScenarioDesk;
  readonly book: EpisodeBook;
  /** Asks the listeners no more, and closes the book. */
  readonly close: () => void;
} {
  const log = new FaultLog({ directory, onProblem });
  const predict = createForesight(foresight);
  const book = createEpisodeBook({ log, predict, onChange, onProblem, now });
  const switches = createSwitches(config, faultWatchTimes.timeout);
  const desk = createFaultDesk({ switches, book, onChange, now });
  const scenarios = createScenarioDesk({ desk, timeScale: foresight.timeScale, onChange, now });
  return {
    desk,
    scenarios,
    book,
    close() {
      scenarios.stop();
      desk.stop();
      log.close();
    },
  };
}
