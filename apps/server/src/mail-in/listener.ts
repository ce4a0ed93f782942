import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import type { Sql } from "@helpdesk/db";
import type { Logger } from "pino";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import type { FileStore } from "../attachments/file-store.ts";
import type { Env } from "../env.ts";
import type { Runtime } from "../runtime.ts";
import { Recipients, type Recipient } from "./recipients.ts";
import { MailTooLarge, store } from "./store.ts";

export interface Listening {
  env: Env;
  runtime: Runtime;
  log: Logger;
  sql: Sql;
  files: FileStore;
  /** How long senders may take; the usual where it is left out. */
  patience?: { silenceMs: number; mailMs: number };
}

const MAX_CONNECTIONS = 200;
const MAX_CONNECTIONS_OF_ONE = 20;
const MAX_RECIPIENTS = 100;
const MAX_HEARD = 1_000;
const PATIENCE = { silenceMs: 60_000, mailMs: 600_000 };
const CLOSE_WITHIN_MS = 5_000;

class SmtpRefusal extends Error {
  readonly responseCode: number;
  constructor(responseCode: number, message: string) {
    super(message);
    this.responseCode = responseCode;
  }
}

/** Takes mail in by SMTP or LMTP: a mail is stored and has its row before it is answered for. */
export class MailListener {
  readonly #server: SMTPServer;
  readonly #listening: Listening;
  readonly #recipients: Recipients;
  /** Who the recipients of each session's mail are, so that each is looked up once. */
  readonly #accepted = new WeakMap<object, Recipient>();
  readonly #works = new Set<Promise<unknown>>();

  private constructor(listening: Listening, tls: { key: Buffer; cert: Buffer } | null) {
    this.#listening = listening;
    const { env, sql, patience = PATIENCE, log } = listening;
    this.#recipients = new Recipients({ env, sql });
    this.#server = new SMTPServer({
      name: env.MAIL_DOMAIN,
      banner: "HelpDesk Pro",
      lmtp: env.MAIL_IN_PROTOCOL === "lmtp",
      disabledCommands: tls ? ["AUTH"] : ["AUTH", "STARTTLS"],
      ...tls,
      size: env.MAIL_MAX_BYTES,
      maxClients: MAX_CONNECTIONS,
      socketTimeout: patience.silenceMs,
      closeTimeout: CLOSE_WITHIN_MS,
      disableReverseLookup: true,
      logger: false,
      onConnect: (session, done) => done(this.#crowding(session)),
      onRcptTo: ({ address }, session, done) => void this.#accept(address, session).then(() => done(), done),
      onData: (stream, session, done) =>
        void this.#tended(this.#take(stream, session)).then(
          () => done(null, "OK: stored"),
          (error: unknown) => done(this.#told(error)),
        ),
    });
    this.#server.on("error", (error) => log.warn({ err: error }, "mail in"));
  }

  /** @throws Error where it cannot listen there, or there is no such certificate. */
  static async open(listening: Listening, address: { host: string; port: number }): Promise<MailListener> {
    const { MAIL_IN_CERTIFICATE: cert, MAIL_IN_KEY: key } = listening.env;
    const tls = cert && key ? { key: await readFile(key), cert: await readFile(cert) } : null;
    const listener = new MailListener(listening, tls);
    await new Promise<void>((resolve, reject) => {
      listener.#server.server.once("error", reject);
      listener.#server.listen(address.port, address.host, () => resolve());
    });
    return listener;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** Mails under way are still taken; connections end within seconds. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await Promise.allSettled(this.#works);
  }

  #crowding({ remoteAddress }: SMTPServerSession): Error | null {
    const theirs = [...this.#server.connections].filter((each) => each.remoteAddress === remoteAddress);
    return theirs.length > MAX_CONNECTIONS_OF_ONE ? new SmtpRefusal(421, "Too many connections") : null;
  }

  /** Says yes to what an organization takes. @throws SmtpRefusal where there is no such address. */
  async #accept(address: string, session: SMTPServerSession): Promise<void> {
    const { rcptTo } = session.envelope;
    const recipient = await this.#recipients.find(address).catch((error: unknown) => {
      this.#listening.log.warn({ err: error }, "mail in");
      throw new SmtpRefusal(451, "Try again later");
    });
    if (recipient === null) throw new SmtpRefusal(550, "No such address");
    // Another mail: each belongs to one organization.
    const before = rcptTo.length === 0 ? undefined : this.#accepted.get(session);
    if (before && before.organizationId !== recipient.organizationId)
      throw new SmtpRefusal(452, "Send to this address separately");
    if (rcptTo.length >= MAX_RECIPIENTS) throw new SmtpRefusal(452, "Too many recipients");
    this.#accepted.set(session, recipient);
  }

  async #take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const { envelope, remoteAddress } = session;
    const { patience = PATIENCE, env } = this.#listening;
    const cut = () => this.#cut(session);
    const timer = setTimeout(cut, patience.mailMs);
    try {
      await store(this.#listening, {
        organizationId: this.#accepted.get(session)!.organizationId,
        envelope: {
          sender: envelope.mailFrom ? envelope.mailFrom.address.toLowerCase().slice(0, MAX_HEARD) : "",
          recipients: envelope.rcptTo.map(({ address }) => address.toLowerCase()),
          clientAddress: remoteAddress,
        },
        content: stream,
      });
    } catch (error) {
      // The rest is not kept, but who goes on and on is not heard out; it may break off at any time.
      stream.on("error", () => {}).resume();
      stream.on("data", () => stream.byteLength > 2 * env.MAIL_MAX_BYTES && cut());
      if (!stream.readableEnded && !stream.destroyed)
        await new Promise((resolve) => stream.once("end", resolve).once("close", resolve));
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #cut(session: SMTPServerSession): void {
    for (const connection of this.#server.connections) if (connection.session === session) connection.close();
  }

  /** What a sender hears: that it is too large, or that another attempt may help. */
  #told(error: unknown): Error {
    if (error instanceof MailTooLarge) return new SmtpRefusal(552, "Message exceeds the maximum size");
    this.#listening.log.warn({ err: error }, "mail in");
    return new SmtpRefusal(451, "Try again later");
  }

  #tended<T>(work: Promise<T>): Promise<T> {
    const tended = work.finally(() => this.#works.delete(tended));
    this.#works.add(tended);
    return tended;
  }
}
