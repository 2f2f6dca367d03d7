/** The console's pages in the order of the head. Whoever adds a page adds its line here, in the place that it should have. */
export const nav = [
  { key: "overview", href: "/", text: "Overview" },
  { key: "incidents", href: "/incidents", text: "Incidents" },
  { key: "inbox", href: "/inbox", text: "Inbox" },
  { key: "dashboards", href: "/dashboards", text: "Dashboards" },
  { key: "backtest", href: "/backtest", text: "Backtest" },
] as const satisfies readonly NavEntry[];

interface NavEntry {
  readonly key: string;
  readonly href: string;
  readonly text: string;
}

/** Which entry of the head a page belongs to. */
export type NavKey = (typeof nav)[number]["key"];
