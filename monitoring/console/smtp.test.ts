import { once } from "node:events";
import { connect } from "node:net";
import { createTransport } from "nodemailer";
import { expect, it, onTestFinished } from "vitest";
import { listenSmtp } from "./smtp.ts";
import { captured, testConsole } from "./testing.ts";

async function mailbox() {
  const { inbox, intake, registry } = testConsole();
  const smtp = await listenSmtp({ host: "127.0.0.1", port: 0, intake, onError: () => undefined });
  const transport = createTransport({
    host: "127.0.0.1",
    port: smtp.port,
    ignoreTLS: true,
    pool: true,
    maxConnections: 5,
  });
  onTestFinished(async () => {
    transport.close();
    await smtp.stop();
  });
  const send = (raw: string, to: string | string[] = "sre-team@example.com") =>
    transport.sendMail({ envelope: { from: "alertmanager@example.com", to }, raw });
  const summaries = () => inbox.list({ limit: 1000 }).map(({ state, summary }) => `${state}: ${summary}`);
  return { send, summaries, port: smtp.port, registry };
}

const refused = (code: number, text: string) => ({
  responseCode: code,
  response: expect.stringContaining(text) as string,
});

it("takes Alertmanager's mails into the inbox, each once", async () => {
  const { send, summaries } = await mailbox();
  expect((await send(captured("email-firing.eml"))).response).toBe("250 OK: in the inbox");
  await send(captured("email-firing.eml"));
  await send(captured("email-resolved.eml"));
  expect(summaries()).toEqual(["resolved: payment was deployed", "firing: payment was deployed"]);
});

it("refuses a mail that is too large with 552, and shows that it did", async () => {
  const { send, summaries } = await mailbox();
  const large = `Subject: large\r\n\r\n${"x".repeat(2 * 1024 * 1024)}`;
  await expect(send(large)).rejects.toMatchObject(refused(552, "the mail is too large"));
  expect(summaries()).toEqual([
    expect.stringMatching(/^refused: the mail is too large: 20\d+ bytes, the limit is 1048576$/),
  ]);
});

it("refuses a mail that cannot be read with 554, and shows that it did", async () => {
  const { send, summaries } = await mailbox();
  const nested = Array.from(
    { length: 30 },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
  );
  await expect(send(nested.join(""))).rejects.toMatchObject(refused(554, "the mail cannot be read"));
  expect(summaries()).toEqual([
    expect.stringMatching(/^refused: the mail cannot be read: Maximum MIME nesting depth/),
  ]);
});

it("takes no more recipients than it says", async () => {
  const { send, summaries } = await mailbox();
  const many = Array.from({ length: 25 }, (_, n) => `r${n}@example.com`);
  const { rejected } = await send("Subject: many\r\n\r\nx", many);
  expect(rejected).toHaveLength(5);
  expect(summaries()).toEqual(["message: many"]);
});

it("loses none of a flood of mails", async () => {
  const { send, summaries, registry } = await mailbox();
  const numbers = Array.from({ length: 300 }, (_, n) => n);
  await Promise.all(numbers.map((n) => send(`Subject: [FIRING:1] mail ${n}\r\n\r\ntext ${n}`)));
  expect(summaries().toSorted()).toEqual(numbers.map((n) => `firing: mail ${n}`).toSorted());
  expect(await registry.getSingleMetricAsString("console_notifications_received_total")).toContain(
    '{channel="email",state="firing"} 300',
  );
});

it("survives a sender that goes away in the middle", async () => {
  const { send, summaries, port } = await mailbox();
  const socket = connect(port, "127.0.0.1");
  await once(socket, "data");
  for (const line of ["EHLO x", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA"]) {
    socket.write(`${line}\r\n`);
    await once(socket, "data");
  }
  socket.write("Subject: half\r\n\r\nhal");
  socket.destroy();
  await once(socket, "close");
  await send("Subject: whole\r\n\r\nx");
  expect(summaries()).toEqual(["message: whole"]);
});

it("says who listens where it cannot", async () => {
  const { port } = await mailbox();
  const { intake } = testConsole();
  await expect(listenSmtp({ host: "127.0.0.1", port, intake, onError: () => undefined })).rejects.toThrow(
    `cannot listen for mail on 127.0.0.1:${port}: listen EADDRINUSE`,
  );
});
