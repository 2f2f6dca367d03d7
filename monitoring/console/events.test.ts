import { expect, it, onTestFinished } from "vitest";
import { liveLimits } from "./limits.ts";
import { testConsole } from "./testing.ts";

/** Opens the stream. `until` reads on until its text holds something, and gives all that was read. */
async function listening({ app }: ReturnType<typeof testConsole>) {
  const response = await app.request("/events");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  onTestFinished(() => reader?.cancel());
  let text = "";
  const until = async (wanted: string): Promise<string> => {
    for (;;) {
      if (text.includes(wanted)) return text;
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) return text;
      text += value;
    }
  };
  return { response, until, close: () => reader?.cancel() };
}

it("tells the version at once, and again when something has come", async () => {
  const console = testConsole();
  const { live, post } = console;
  const { response, until } = await listening(console);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const first = live.version;
  await until(`data: ${first}\n`);
  await post("/services/T0/B0/local", { text: "hi" });
  expect(await until(`data: ${first + 1}\n`)).toContain(`data: ${first + 1}\n`);
});

it("ends when the console stops, so that nothing holds it up", async () => {
  const console = testConsole();
  const { until } = await listening(console);
  await until("data: ");
  console.live.close();
  expect(await until("never said")).toContain("data: ");
  expect((await console.app.request("/events")).status).toBe(503);
});

it("gives its place back when the browser goes", async () => {
  const console = testConsole();
  const { until, close } = await listening(console);
  await until("data: ");
  expect(console.live.streams).toBe(1);
  await close();
  await expect.poll(() => console.live.streams).toBe(0);
});

it("has a bounded number of places", async () => {
  const console = testConsole();
  for (let n = 0; n < liveLimits.streams; n += 1) console.live.enter();
  const { status, headers } = await console.app.request("/events");
  expect([status, headers.get("retry-after")]).toEqual([503, "30"]);
});
