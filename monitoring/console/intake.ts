import type { DeadMansSwitch } from "./dead-mans-switch.ts";
import type { Inbox } from "./inbox.ts";
import type { Live } from "./live.ts";
import type { ConsoleMetrics } from "./metrics.ts";
import type { Draft, Refusal } from "./notification.ts";
import type { Beat } from "./receive/watchdog.ts";
import type { Logger } from "../../services/kit/logging.ts";

/** The one way into the inbox, for HTTP and SMTP alike: keep, count, log, tell the pages. */
export interface Intake {
  /** @throws Error of the file system when the delivery could not be kept; it is then noted as refused. */
  accept(draft: Draft): void;
  /** @throws Error of the file system when the beat could not be kept. */
  beat(beat: Beat): void;
  /** Never throws: a refusal that cannot be kept is still counted and logged. */
  refuse(refusal: Refusal): void;
}

export interface IntakeDeps {
  readonly inbox: Inbox;
  readonly deadMansSwitch: DeadMansSwitch;
  readonly live: Live;
  readonly metrics: ConsoleMetrics;
  readonly logger: Logger;
}

export function createIntake({ inbox, deadMansSwitch, live, metrics, logger }: IntakeDeps): Intake {
  return {
    accept(draft) {
      const { listed, repeated } = inbox.accept(draft);
      if (repeated) metrics.repeated(draft.channel);
      else metrics.received(draft.channel, draft.state);
      const { id, channel, state, service, slo, tier, alertname } = listed;
      logger.info({ id, channel, state, service, slo, tier, alertname, repeated }, "notification");
      live.changed();
    },
    beat(beat) {
      deadMansSwitch.beat(beat);
      metrics.received("watchdog", beat);
      live.changed();
    },
    refuse(refusal) {
      const { channel, kind, reason } = refusal;
      metrics.refused(channel, kind);
      logger.warn({ channel, kind, reason }, "delivery refused");
      try {
        inbox.refuse(refusal);
      } catch (error) {
        logger.error({ err: error }, "the refusal could not be kept");
      }
      live.changed();
    },
  };
}
