import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import type { Draft } from "../kit/finish.ts";
import { delivered, failed, received, refused, sent, stages } from "./notifications.ts";
import {
  evaluationFailures,
  missed,
  ruleShare,
  samples,
  slowestGroups,
  watchdog,
  watchdogHeard,
} from "./pipeline.ts";
import { firingNow, timeline } from "./what-fired.ts";

/** What fired, who was told, and does the pipeline that tells them live? */
export function alerting(): Draft {
  const builder = new dashboard.DashboardBuilder("Alerting")
    .description(
      "What fired when, who was told and how fast, and whether the pipeline that tells them lives.",
    )
    .time({ from: "now-24h", to: "now" })
    .withRow(new dashboard.RowBuilder("What fired"))
    .withPanel(timeline().span(24).height(9))
    .withPanel(firingNow().span(24).height(8))
    .withRow(new dashboard.RowBuilder("Notifications"))
    .withPanel(delivered().span(4).height(8))
    .withPanel(sent().span(10).height(8))
    .withPanel(failed().span(10).height(8))
    .withPanel(stages().span(12).height(8))
    .withPanel(received().span(8).height(8))
    .withPanel(refused().span(4).height(8))
    .withRow(new dashboard.RowBuilder("The pipeline itself"))
    .withPanel(watchdog().span(4).height(8))
    .withPanel(watchdogHeard().span(8).height(8))
    .withPanel(ruleShare().span(12).height(8))
    .withPanel(slowestGroups().span(12).height(10))
    .withPanel(samples().span(12).height(10))
    .withPanel(missed().span(12).height(7))
    .withPanel(evaluationFailures().span(12).height(7));
  return { uid: "alerting", source: "alerting/alerting.ts", builder };
}
