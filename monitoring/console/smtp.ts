/** The mail door: SMTP on its own port, without authentication or TLS, for the loopback or a private network. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { SMTPServerDataStream, SMTPServerSession } from "smtp-server";
import type { Intake } from "./intake.ts";
import { bodyLimits, smtpLimits } from "./limits.ts";
import { readEmail } from "./receive/email.ts";

export interface SmtpOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly intake: Intake;
  /** Hears of connections that went wrong; nothing is lost by them that the sender does not know of. */
  readonly onError: (error: Error) => void;
}

export interface SmtpListener {
  readonly port: number;
  /** Stops listening and ends the open sessions. */
  stop(): Promise<void>;
}

/** An error that the sender hears as the given SMTP reply code (RFC 5321, section 4.2). */
class SmtpError extends Error {
  override readonly name = "SmtpError";
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

/** Takes mail into the inbox. @throws Error with a message for people when the address cannot be listened on. */
export async function listenSmtp({ host, port, intake, onError }: SmtpOptions): Promise<SmtpListener> {
  const server = new SMTPServer({
    name: "console.burnrate",
    banner: "burnrate incident console",
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: bodyLimits.email,
    maxClients: smtpLimits.clients,
    socketTimeout: smtpLimits.socketTimeout,
    onRcptTo(_address, session, callback) {
      const full = session.envelope.rcptTo.length >= smtpLimits.recipients;
      callback(full ? new SmtpError(452, `at most ${smtpLimits.recipients} recipients a mail`) : null);
    },
    onData(stream, session, callback) {
      void answer(receive(stream, session, intake), callback);
    },
  });
  server.on("error", onError);
  server.listen(port, host);
  await once(server.server, "listening").catch((error: Error) => {
    throw new Error(`cannot listen for mail on ${host}:${port}: ${error.message}`, { cause: error });
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Turns a promise into the callback that smtp-server wants. */
async function answer(
  reply: Promise<string>,
  callback: (error: Error | null, reply?: string) => void,
): Promise<void> {
  const [error, text] = await reply.then(
    (text) => [null, text] as const,
    (error: unknown) => [error instanceof SmtpError ? error : new SmtpError(451, "try again")] as const,
  );
  callback(error, text);
}

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  intake: Intake,
): Promise<string> {
  const chunks: Buffer[] = [];
  // What is beyond the limit is read, since SMTP has no other way to its end, and thrown away.
  for await (const chunk of stream as AsyncIterable<Buffer>) if (!stream.sizeExceeded) chunks.push(chunk);
  const source = Buffer.concat(chunks).toString();
  if (stream.sizeExceeded) {
    const reason = `the mail is too large: ${stream.byteLength} bytes, the limit is ${bodyLimits.email}`;
    intake.refuse({ channel: "email", kind: "too_large", reason, sample: source });
    throw new SmtpError(552, reason);
  }
  const recipients = session.envelope.rcptTo.map(({ address }) => address);
  const draft = await readEmail(source, recipients).catch((error: unknown) => {
    const reason = `the mail cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    intake.refuse({ channel: "email", kind: "malformed", reason, sample: source });
    throw new SmtpError(554, reason);
  });
  try {
    intake.accept(draft);
  } catch (error) {
    const reason = `the console could not store it: ${error instanceof Error ? error.message : String(error)}`;
    intake.refuse({ channel: "email", kind: "storage", reason, sample: source });
    throw new SmtpError(451, "not stored; try again");
  }
  return "OK: in the inbox";
}
