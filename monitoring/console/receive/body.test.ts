import { expect, it } from "vitest";
import { bodyLimits } from "../limits.ts";
import { BodyReader } from "./body.ts";

const post = (body: string | ReadableStream, headers: Record<string, string> = {}) =>
  new Request("http://console/", { method: "POST", body, headers, duplex: "half" });
const announced = (size: number, body: string | ReadableStream = "x") =>
  post(body, { "content-length": String(size) });

it("reads a body whose length is announced, and one whose length is not", async () => {
  const reader = new BodyReader();
  expect(await reader.read(announced(6, "größe"), 100)).toEqual({ text: "größe" });
  expect(await reader.read(post("größe"), 100)).toEqual({ text: "größe" });
});

/** How many bytes of an endless body were asked for. */
function counted(): { readonly body: ReadableStream; readonly given: () => number } {
  let given = 0;
  const pull = (controller: ReadableStreamDefaultController): void => {
    given += 64 * 1024;
    controller.enqueue(new Uint8Array(64 * 1024));
  };
  return { body: new ReadableStream({ pull }), given: () => given };
}

it("reads what is too large to its end, so that the next request can come over the same connection", async () => {
  const reason = "the body is too large: 5.0 MB announced, the limit is 512 kB";
  const whole = announced(5 * 1024 * 1024, "x".repeat(5 * 1024 * 1024));
  expect(await new BodyReader().read(whole, 512 * 1024)).toEqual({
    refused: "too_large",
    reason,
    unread: false,
  });
  const unannounced = await new BodyReader().read(post("x".repeat(5000)), 2048);
  expect(unannounced).toEqual({
    refused: "too_large",
    reason: "the body is too large: more than 2 kB, the limit is 2 kB",
    unread: false,
  });
});

it("gives up on what does not end", async () => {
  for (const size of [undefined, 500 * 1024 * 1024]) {
    const { body, given } = counted();
    const request = size === undefined ? post(body) : announced(size, body);
    expect(await new BodyReader().read(request, 2048)).toMatchObject({ refused: "too_large", unread: true });
    expect(given()).toBeLessThan(bodyLimits.discarded + 1024 * 1024);
  }
});

it("bounds what is read at one moment, and gives the room back", async () => {
  const reader = new BodyReader();
  const stuck: ReadableStreamDefaultController[] = [];
  const slow = () =>
    announced(1024 * 1024, new ReadableStream({ start: (controller) => void stuck.push(controller) }));
  const reading = Array.from({ length: 8 }, () => reader.read(slow(), 1024 * 1024));
  expect(await reader.read(announced(1), 100)).toEqual({
    refused: "busy",
    reason: "8.0 MB of bodies are being read; try again",
    unread: false,
  });
  for (const controller of stuck) controller.close();
  await Promise.all(reading);
  expect(await reader.read(announced(1), 100)).toEqual({ text: "x" });
});

it("answers nobody when the sender goes away", async () => {
  const broken = new ReadableStream({
    pull: (controller) => controller.error(new Error("connection reset")),
  });
  expect(await new BodyReader().read(post(broken), 100)).toEqual({ refused: "aborted" });
});
