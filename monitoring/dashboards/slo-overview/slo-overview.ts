import * as dashboard from "@grafana/grafana-foundation-sdk/dashboard";
import { duration } from "../../compiler/duration.ts";
import { objectiveSeries } from "../../compiler/names.ts";
import type { Draft } from "../kit/finish.ts";
import { oneOf } from "../kit/variables.ts";
import type { Lab } from "../lab.ts";
import { alertsFiring, budgetNow, budgetOverTime, exhaustion, whoseBudgetBurns } from "./all-slos.ts";
import {
  budgetOfOne,
  burnOfOne,
  burnRate,
  events,
  exhaustionOfOne,
  objective,
  oneBudget,
  sli,
} from "./one-slo.ts";
import { tiers } from "../kit/thresholds.ts";

/** Whose budget burns, how fast, and who knows? Then one SLO in detail. */
export function sloOverview(lab: Lab): Draft {
  const longest = Math.max(...lab.slos.map(({ window }) => window.seconds));
  const [first] = lab.slos;
  const builder = new dashboard.DashboardBuilder("SLO overview")
    .description("Whose error budget burns, how fast, and who has been told. Choose an SLO for its detail.")
    .time({ from: `now-${duration(longest)}`, to: "now" })
    .withVariable(
      oneOf(
        {
          name: "service",
          title: "Service",
          description: "Narrows the choice of SLOs below.",
          series: objectiveSeries,
          label: "service",
        },
        first?.service ?? "",
      ),
    )
    .withVariable(
      oneOf(
        {
          name: "slo",
          title: "SLO",
          description: "The SLO that the second half of the dashboard shows.",
          series: `${objectiveSeries}{service="$service"}`,
          label: "slo",
        },
        first?.name ?? "",
      ),
    )
    .withRow(new dashboard.RowBuilder("All SLOs"))
    .withPanel(
      whoseBudgetBurns(lab)
        .span(24)
        .height(lab.slos.length + 2),
    )
    .withPanel(budgetNow(lab).span(8).height(8))
    .withPanel(budgetOverTime(lab).span(16).height(8))
    .withPanel(exhaustion(lab).span(8).height(8))
    .withPanel(alertsFiring().span(16).height(8))
    .withRow(new dashboard.RowBuilder("One SLO: $slo"))
    .withPanel(objective().span(4).height(5))
    .withPanel(sli(lab).span(4).height(5))
    .withPanel(oneBudget(lab).span(6).height(5))
    .withPanel(burnOfOne(lab).span(4).height(5))
    .withPanel(exhaustionOfOne(lab).span(6).height(5));
  for (const tier of tiers) builder.withPanel(burnRate(lab, tier).span(12).height(8));
  builder.withPanel(budgetOfOne(lab).span(12).height(8)).withPanel(events(lab).span(12).height(8));
  return { uid: "slo-overview", source: "slo-overview/slo-overview.ts", builder };
}
