import type { Context } from "hono";
import type { Live } from "../live.ts";
import type { OverviewWatch } from "../overview/overview.ts";
import type { Html } from "./html.ts";
import { layout } from "./layout.ts";
import type { Assets, Page, Stack } from "./layout.ts";

export interface FrameDeps {
  readonly watch: OverviewWatch;
  readonly live: Live;
  readonly stack: Stack;
  readonly now: () => Date;
}

/** Answers with a page: `body` in the frame that all pages share. `scripts` are further ones of this page alone. */
export type Frame = (
  c: Context,
  page: Pick<Page, "title" | "active" | "scripts"> & { readonly body: Html },
) => Promise<Response>;

/** Makes the frame of all pages; each group of routes gets it. */
export function createFrame({ watch, live, stack, now }: FrameDeps, assets: Assets): Frame {
  return async (c, page) => {
    const reading = watch.read();
    return c.html(await layout({ ...page, stack, reading, now: now(), version: live.version }, assets));
  };
}
