import { label } from "../../compiler/names.ts";
import { isPage } from "../../compiler/windows.ts";
import { prometheusLimits } from "../limits.ts";
import { WATCHDOG_ALERT } from "../receive/watchdog.ts";
import { PrometheusError } from "./prometheus.ts";
import type { ActiveAlert, Prometheus, Sample } from "./prometheus.ts";
import { askLostDeliveries } from "./lost-deliveries.ts";
import type { LostDeliveries } from "./lost-deliveries.ts";
import { overviewQuery, readSample } from "./series.ts";
import { sloRows } from "./slo-row.ts";
import type { SloRow } from "./slo-row.ts";

export interface AlertLine {
  readonly alertname: string;
  readonly state: "pending" | "firing";
  readonly severity: string;
  readonly service: string;
  readonly slo: string;
  readonly tier: string;
  readonly summary: string;
  readonly runbook: string;
  readonly since: Date;
}

export interface Overview {
  readonly slos: readonly SloRow[];
  readonly alerts: readonly AlertLine[];
  readonly targets: { readonly up: number; readonly total: number; readonly down: readonly string[] };
  /** Alertmanager's failures to deliver within the last five minutes, by integration. */
  readonly failedDeliveries: readonly { readonly integration: string; readonly count: number }[];
  /** The same of the last hours, burst by burst, the newest first. */
  readonly lostDeliveries: readonly LostDeliveries[];
}

/** What is known now. Without an answer, the last overview stays, and says how old it is. */
export interface OverviewReading {
  readonly overview: Overview | null;
  /** When Prometheus last answered. */
  readonly at: Date | null;
  /** Since when it has not, and why; null while it does. */
  readonly unreachable: { readonly since: Date; readonly reason: string } | null;
}

export interface OverviewWatch {
  read(): OverviewReading;
  /** Asks now, and again after each interval until `stop`. */
  start(): void;
  /** Asks once. Never throws. */
  refresh(): Promise<void>;
  stop(): void;
}

export interface OverviewOptions {
  readonly prometheus: Prometheus;
  /** How many times faster than real the stack runs. @default 1 */
  readonly timeScale?: number;
  /** Hears of every answer and every failure to get one. */
  readonly onReading: (reading: OverviewReading) => void;
  /** @default the clock */
  readonly now?: () => Date;
}

const FAILED_DELIVERIES = "sum by (integration) (increase(alertmanager_notifications_failed_total[5m])) > 0";

/** Keeps one overview for all who look, so that ten open browsers ask Prometheus no more than one does. */
export function watchOverview({
  prometheus,
  timeScale = 1,
  onReading,
  now = () => new Date(),
}: OverviewOptions): OverviewWatch {
  const interval = Math.max(prometheusLimits.shortestInterval, prometheusLimits.interval / timeScale);
  let reading: OverviewReading = { overview: null, at: null, unreachable: null };
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function refresh(): Promise<void> {
    try {
      const overview = await askOverview(prometheus, timeScale);
      const at = now();
      const lostDeliveries = await lostSince(overview, at);
      reading = { overview: { ...overview, lostDeliveries }, at, unreachable: null };
    } catch (error) {
      const reason = error instanceof PrometheusError ? error.message : String(error);
      reading = { ...reading, unreachable: { since: reading.unreachable?.since ?? now(), reason } };
    }
    onReading(reading);
  }

  /** Six hours are not looked through every few seconds: only at first, and while something fails. */
  async function lostSince({ failedDeliveries }: Pick<Overview, "failedDeliveries">, at: Date) {
    const known = reading.overview?.lostDeliveries;
    const quiet = failedDeliveries.length === 0 && reading.overview?.failedDeliveries.length === 0;
    return known !== undefined && quiet ? known : askLostDeliveries(prometheus, at);
  }

  async function loop(): Promise<void> {
    await refresh();
    if (!stopped) timer = setTimeout(() => void loop(), interval);
  }

  return {
    read: () => reading,
    start: () => void loop(),
    refresh,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

async function askOverview(
  prometheus: Prometheus,
  timeScale: number,
): Promise<Omit<Overview, "lostDeliveries">> {
  const [samples, alerts, up, failed] = await Promise.all([
    prometheus.query(overviewQuery),
    prometheus.alerts(),
    prometheus.query("up"),
    prometheus.query(FAILED_DELIVERIES),
  ]);
  const readings = samples.map(readSample).filter((reading) => reading !== undefined);
  return {
    slos: sloRows(readings, alerts, timeScale),
    // The Watchdog fires when all is well; the dead man's switch shows it.
    alerts: alerts
      .filter(({ labels }) => labels["alertname"] !== WATCHDOG_ALERT)
      .map(alertLine)
      .toSorted(byUrgency),
    targets: targetsOf(up),
    failedDeliveries: failed.map(({ labels, value }) => ({
      integration: labels["integration"] ?? "unknown",
      count: Math.max(1, Math.round(value)),
    })),
  };
}

function alertLine({ labels, annotations, state, activeAt }: ActiveAlert): AlertLine {
  return {
    alertname: labels["alertname"] ?? "",
    state,
    severity: labels[label.severity] ?? "",
    service: labels[label.service] ?? "",
    slo: labels[label.slo] ?? "",
    tier: labels[label.tier] ?? "",
    summary: annotations["summary"] ?? "",
    runbook: annotations["runbook_url"] ?? "",
    since: activeAt,
  };
}

/** Firing before pending, pages before the rest, then the newest. */
function byUrgency(a: AlertLine, b: AlertLine): number {
  const rank = (alert: AlertLine): number => (alert.state === "firing" ? 0 : 2) + (isPage(alert) ? 0 : 1);
  return rank(a) - rank(b) || b.since.getTime() - a.since.getTime();
}

function targetsOf(up: readonly Sample[]): Overview["targets"] {
  const down = up.filter(({ value }) => value !== 1);
  return {
    up: up.length - down.length,
    total: up.length,
    down: down.map(({ labels }) => `${labels["job"] ?? "?"} ${labels["instance"] ?? "?"}`).toSorted(),
  };
}
