import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing.ts";
import { createEpisodeBook } from "./episode-book.ts";
import type { ActiveSwitch, Crossing } from "./episode.ts";
import { FaultLog } from "./fault-log.ts";

const NOON = Date.parse("2026-11-21T12:00:00Z");
const errors: ActiveSwitch = {
  id: "fault-1",
  service: "payment",
  fault: "errors",
  variant: "20%",
  target: null,
  startedAt: NOON,
  expiresAt: NOON + 60_000,
};

function book(
  directory = temporaryDirectory(),
  predict: () => Promise<Crossing[]> = () => Promise.resolve([]),
) {
  const clock = { at: NOON };
  const problems: string[] = [];
  const onProblem = (problem: string): void => void problems.push(problem);
  const log = new FaultLog({ directory, onProblem });
  const now = (): Date => new Date(clock.at);
  const made = createEpisodeBook({
    log,
    predict,
    onChange: () => undefined,
    onProblem,
    now,
  });
  const ends = () =>
    made.all().map(({ end, endedAt }) => [end, endedAt === null ? null : (endedAt - NOON) / 1000]);
  return { ...made, ends, clock, log, problems, directory };
}
const active = (...each: ActiveSwitch[]) => ({ active: each });
const silent = { problem: "cannot be reached" };

describe("the book of faults", () => {
  it("notes what somebody else switched on, and whose it is once that is known", () => {
    const { take, seen, all } = book();
    take("payment", active(errors));
    expect(all()).toMatchObject([{ by: "elsewhere", fault: "errors", endedAt: null }]);
    seen(errors, "console");
    take("payment", active(errors));
    expect(all()).toMatchObject([{ by: "console" }]);
  });

  it("tells a fault that was undone from one that ended at its time", () => {
    const { take, ends, clock } = book();
    take("payment", active(errors));
    clock.at = NOON + 20_000;
    take("payment", active());
    take("payment", active({ ...errors, id: "fault-2" }));
    clock.at = NOON + 61_000;
    take("payment", active());
    expect(ends()).toEqual([
      ["undone", 20],
      ["expired", 60],
    ]);
  });

  it("knows that a fault does not outlive its service, and none its time when the service says nothing", () => {
    const { take, ends, on, clock } = book();
    take("payment", active(errors));
    take("user", active({ ...errors, service: "user" }));
    take("payment", silent);
    take("user", silent);
    expect(on()).toHaveLength(2);
    clock.at = NOON + 10_000;
    take("payment", active());
    clock.at = NOON + 60_500;
    take("user", silent);
    expect(ends()).toEqual([
      ["service restarted", 10],
      ["expired", 60],
    ]);
  });

  it("takes the same number after a restart for another fault", () => {
    const { take, all } = book();
    take("payment", active(errors));
    take("payment", active({ ...errors, startedAt: NOON + 5000 }));
    expect(all().map(({ end }) => end)).toEqual(["undone", null]);
  });

  it("asks again for a prediction that could not be made, says why once, and asks no more when it is made", async () => {
    let asked = 0;
    const predict = (): Promise<Crossing[]> => {
      asked += 1;
      return asked <= 2 ? Promise.reject(new Error("Prometheus answered 400")) : Promise.resolve([]);
    };
    const { take, all, problems } = book(undefined, predict);
    for (let look = 0; look < 5; look++) {
      take("payment", active(errors));
      await Promise.resolve().then(() => Promise.resolve());
    }
    expect([asked, all()[0]?.predicted]).toEqual([3, true]);
    expect(problems).toEqual([
      "when payment 20% errors pages could not be computed: Error: Prometheus answered 400",
    ]);
  });

  it("survives a restart of the console, and sees what ended meanwhile", () => {
    const before = book();
    before.take("payment", active(errors));
    before.log.close();
    const after = book(before.directory);
    expect(after.on()).toMatchObject([{ key: `payment.fault-1.${NOON}` }]);
    after.clock.at = NOON + 3_600_000;
    after.take("payment", active());
    expect(after.ends()).toEqual([["expired", 60]]);
    expect(after.problems).toEqual([]);
  });

  it("is bounded, and forgets the oldest that are over", () => {
    const { take, all, log, directory } = book();
    const first = { ...errors, id: "still-on", service: "user" };
    take("user", active(first));
    for (let n = 0; n < 500; n++)
      take("payment", active({ ...errors, id: `fault-${n}`, startedAt: NOON + n }));
    expect(all()).toHaveLength(400);
    expect(all()[0]?.id).toBe("still-on");
    log.close();
    expect(book(directory).all()).toHaveLength(400);
  });
});
