import { expect, it } from "vitest";
import { BodyReader } from "./body.ts";

const post = (body: string | ReadableStream, headers: Record<string, string> = {}) =>
  new Request("http://console/", { method: "POST", body, headers, duplex: "half" });
const announced = (size: number, body: string | ReadableStream = "x") =>
  post(body, { "content-length": String(size) });
const endless = () => new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1000)) });

it("reads a body whose length is announced, and one whose length is not", async () => {
  const reader = new BodyReader();
  expect(await reader.read(announced(6, "größe"), 100)).toEqual({ text: "größe" });
  expect(await reader.read(post("größe"), 100)).toEqual({ text: "größe" });
});

it("does not begin to read what announces itself as too large", async () => {
  const request = announced(5 * 1024 * 1024, endless());
  expect(await new BodyReader().read(request, 512 * 1024)).toEqual({
    refused: "too_large",
    reason: "the body is too large: 5.0 MB announced, the limit is 512 kB",
  });
  expect(request.bodyUsed).toBe(false);
});

it("stops to read what turns out to be too large", async () => {
  expect(await new BodyReader().read(post(endless()), 2048)).toEqual({
    refused: "too_large",
    reason: "the body is too large: more than 2 kB, the limit is 2 kB",
  });
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
