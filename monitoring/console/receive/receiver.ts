/** What the three HTTP doors have in common. Each answers in the words of the service that it stands in for. */
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Channel } from "../notification.ts";

export interface Answer {
  readonly status: ContentfulStatusCode;
  readonly type: "application/json" | "text/plain";
  readonly body: string;
}

/** Either what was read, or why it was not taken, in a person's words; and what to tell the sender. */
export type Outcome<Read> =
  | { readonly read: Read; readonly refused?: never; readonly answer: Answer }
  | { readonly read?: never; readonly refused: string; readonly answer: Answer };

export interface Receiver<Read> {
  readonly channel: Channel;
  readonly maxBytes: number;
  /**
   * @param body the whole body, at most `maxBytes` long.
   * @param request where it was sent, and as what; only Slack's door looks at it.
   */
  readonly receive: (body: string, request: { path: string; contentType: string }) => Outcome<Read>;
  /** Words a refusal for a reason that is not in the body: too large, too busy, not stored. */
  readonly refuse: (status: 413 | 500 | 503, reason: string) => Answer;
}

/** Parses JSON, giving `undefined` (which is no JSON value) for what is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
