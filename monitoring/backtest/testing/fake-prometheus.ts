import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A question as Prometheus gets it. */
export interface Question {
  readonly path: string;
  readonly form: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
}

/**
 * A server that answers as a test says, until the test is over.
 *
 * @param answer gives status and body; text is sent as it is.
 * @returns its address.
 */
export async function fakeServer(
  answer: (question: Question) => readonly [status: number, body: unknown],
): Promise<string> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const question = { path: request.url ?? "", form: new URLSearchParams(text), headers: request.headers };
      const [status, body] = answer(question);
      response.statusCode = status;
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a range query is answered with: one series of a function of time, without the moments at which it is undefined. */
export function rangeAnswer(form: URLSearchParams, value: (at: number) => number | undefined): unknown {
  const [start, end, step] = ["start", "end", "step"].map((name) => Number(form.get(name)));
  const values: [number, string][] = [];
  for (let at = start ?? 0; at <= (end ?? 0); at += step ?? 1) {
    const found = value(at);
    if (found !== undefined) values.push([at, String(found)]);
  }
  const result = values.length === 0 ? [] : [{ metric: {}, values }];
  return { status: "success", data: { resultType: "matrix", result } };
}

/** What an instant query is answered with. */
export function instantAnswer(value: number | undefined): unknown {
  const result = value === undefined ? [] : [{ metric: {}, value: [0, String(value)] }];
  return { status: "success", data: { resultType: "vector", result } };
}
