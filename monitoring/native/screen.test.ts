import { describe, expect, it } from "vitest";
import { createScreen } from "./screen.ts";

function recordingStream(isTTY: boolean) {
  const written: string[] = [];
  return { written, stream: { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 } };
}

describe("the screen", () => {
  it("in a pipe shows lines as they come and the table once, finished", () => {
    const { written, stream } = recordingStream(false);
    const screen = createScreen(stream);
    screen.say("Not running here: Loki.");
    screen.update("order", { state: "waiting" });
    screen.update("prometheus", { state: "waiting" });
    screen.update("order", { state: "ready", milliseconds: 2450 });
    screen.update("prometheus", { state: "ready", milliseconds: 712 });
    screen.settle();
    screen.settle();
    screen.say("Stopping …");
    expect(written.join("")).toBe(
      "Not running here: Loki.\n  order       ready in  2.5 s\n  prometheus  ready in  0.7 s\nStopping …\n",
    );
  });

  it("on a terminal redraws the table below the lines that stay", () => {
    const { written, stream } = recordingStream(true);
    const screen = createScreen(stream);
    screen.update("order", { state: "waiting" });
    screen.update("user", { state: "starting" });
    screen.say("Ended user (process 1), left over from a run that was killed.");
    screen.update("user", { state: "ready", milliseconds: 1000 });
    screen.settle();
    screen.say("Done.");
    expect(written).toEqual([
      "  order  waits\n",
      "\u001B[1A\u001B[J  order  waits\n  user   starting …\n",
      "\u001B[2A\u001B[JEnded user (process 1), left over from a run that was killed.\n  order  waits\n  user   starting …\n",
      "\u001B[2A\u001B[J  order  waits\n  user   ready in  1.0 s\n",
      "\u001B[2A\u001B[J  order  waits\n  user   ready in  1.0 s\n",
      "Done.\n",
    ]);
  });
});
