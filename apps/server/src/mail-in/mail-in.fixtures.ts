import { once } from "node:events";
import { type Socket, connect } from "node:net";
import { type Instant, toEpochMs, toInstant } from "@helpdesk/domain";
import { type ServerOptions, type TestServer, startServer } from "@helpdesk/testing/server";
import { MailAddresses } from "../mail/addresses.ts";
import { systemRuntime } from "../runtime.ts";
import { takeMails } from "./keep-taking.ts";
import { MailListener } from "./listener.ts";

export interface MailRow {
  id: string;
  state: string;
  reason: string | null;
  userId: string | null;
  ticketId: string | null;
  commentId: string | null;
  isProven: boolean;
  attempts: number;
  refused: { files: { name: string; reason: string }[] };
}

export interface Envelope {
  from?: string;
  to: string | string[];
}

/** A server, a listener for mail and a worker's look at what has come, all on a clock that can be put forward. */
export class MailInDesk implements AsyncDisposable {
  readonly server: TestServer;
  readonly listener: MailListener;
  readonly addresses: MailAddresses;
  readonly #clock: { laterMs: number };
  #count = 0;

  private constructor(server: TestServer, listener: MailListener, clock: { laterMs: number }) {
    this.server = server;
    this.listener = listener;
    this.addresses = new MailAddresses(server.resources.env);
    this.#clock = clock;
  }

  static async open(options: ServerOptions = {}): Promise<MailInDesk> {
    const clock = { laterMs: 0 };
    const now = () => toInstant(toEpochMs(systemRuntime.now()) + clock.laterMs);
    const server = await startServer({ ...options, runtime: { ...systemRuntime, now } });
    const listener = await MailListener.open(server.resources, { host: "127.0.0.1", port: 0 });
    return new MailInDesk(server, listener, clock);
  }

  get sql() {
    return this.server.resources.sql;
  }

  later(seconds: number): void {
    this.#clock.laterMs += seconds * 1_000;
  }

  /** Takes all that is due, as workers do. */
  async take(): Promise<void> {
    while ((await takeMails(this.server.resources)) > 0);
  }

  /** Sends lines by SMTP as they are; returns the last answer. */
  async send({ from = "cora@mail.example", to }: Envelope, mail: string | Buffer): Promise<string> {
    await using line = await Line.open(this.listener.port);
    await line.say("EHLO mail.example");
    await line.say(`MAIL FROM:<${from}>`);
    let answer = "";
    let accepted = 0;
    for (const each of [to].flat()) {
      answer = await line.say(`RCPT TO:<${each}>`);
      if (answer.startsWith("250")) accepted++;
    }
    if (accepted === 0) return answer;
    answer = await line.say("DATA");
    if (!answer.startsWith("354")) return answer;
    const bytes = typeof mail === "string" ? Buffer.from(mail.replaceAll(/\r?\n/g, "\r\n")) : mail;
    const stuffed = Buffer.from(bytes.toString("latin1").replaceAll(/^\./gm, ".."), "latin1");
    return await line.say(Buffer.concat([stuffed, Buffer.from("\r\n.\r\n")]));
  }

  /** Sends a mail, has it taken, and says what became of it. */
  async arrive(envelope: Envelope, mail: string | Buffer): Promise<MailRow> {
    const known = new Set((await this.rows()).map(({ id }) => id));
    const answer = await this.send(envelope, mail);
    if (!answer.startsWith("250")) throw new Error(answer);
    await this.take();
    const row = (await this.rows()).find(({ id }) => !known.has(id));
    if (!row) throw new Error("No row.");
    return row;
  }

  rows(): Promise<MailRow[]> {
    return this.sql<MailRow[]>`
      select id, state, reason, user_id as "userId", ticket_id as "ticketId", comment_id as "commentId",
        is_proven as "isProven", attempts, refused from inbound_mails order by received_at, id`;
  }

  async person(name: string): Promise<{ id: string; email: string; organizationId: string; slug: string }> {
    const [row] = await this.sql<{ id: string; email: string; organizationId: string; slug: string }[]>`
      select u.id, u.email, u.organization_id as "organizationId", o.slug from users u
      join organizations o on o.id = u.organization_id where split_part(u.email, '@', 1) = ${name}`;
    return row!;
  }

  support(slug = "demo"): string {
    return `support@${this.addresses.domainOf(slug)}`;
  }

  /** A ticket of a person, with the address and Message-ID that answers of somebody on it go by. */
  async ticket(of = "nora", by = of) {
    const client = (await this.server.as(of)).api;
    const opened = await client.tickets.open.mutate({ title: `Ticket ${++this.#count}`, description: "It." });
    return { id: opened.id, number: opened.number, ...(await this.wayTo(opened, by)) };
  }

  async wayTo({ id, number }: { id: string; number: number }, name: string) {
    const { slug, id: userId, organizationId } = await this.person(name);
    const of = { organizationId, ticketId: id, userId };
    return {
      address: this.addresses.replyAddress(slug, number, of),
      messageId: this.addresses.messageId(slug, number, systemRuntime.newId(), of),
    };
  }

  /** The public comments of a ticket: who wrote them, and by which way. */
  comments(ticketId: string) {
    return this.sql<{ author: string; body: string; source: string; visibility: string }[]>`
      select split_part(u.email, '@', 1) as author, c.body, c.source, c.visibility from ticket_comments c
      join users u on u.organization_id = c.organization_id and u.id = c.author_id
      where c.ticket_id = ${ticketId} order by c.sequence`;
  }

  at(): Instant {
    return toInstant(toEpochMs(systemRuntime.now()) + this.#clock.laterMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.listener.close();
    await this.server[Symbol.asyncDispose]();
  }
}

/** A connection to a mail server, one command after the other. */
export class Line implements AsyncDisposable {
  readonly #socket: Socket;
  #heard = "";
  #wake = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("utf8").on("data", (text: string) => {
      this.#heard += text;
      this.#wake();
    });
    socket.on("error", () => {}).on("close", () => this.#wake());
  }

  static async open(port: number): Promise<Line> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    const line = new Line(socket);
    await line.answer();
    return line;
  }

  write(data: string | Buffer): void {
    this.#socket.write(data);
  }

  /** Sends a command, or data with its end, and returns the last line of the answer. */
  say(command: string | Buffer): Promise<string> {
    this.write(typeof command === "string" ? `${command}\r\n` : command);
    return this.answer();
  }

  /** The last line of the next answer; nothing where the connection ends. */
  async answer(): Promise<string> {
    for (;;) {
      const match = /^(\d{3}) .*\r\n/m.exec(this.#heard);
      if (match) {
        this.#heard = this.#heard.slice(match.index + match[0].length);
        return match[0].trim();
      }
      if (this.#socket.closed) return "";
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  get isClosed(): boolean {
    return this.#socket.closed || this.#socket.readableEnded;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
  }
}

/** A plain mail of some headers and a text. */
export const plainMail = (headers: Record<string, string>, text: string): string =>
  `${Object.entries({
    Subject: "Hello",
    "Message-ID": `<${systemRuntime.newId()}@mail.example>`,
    ...headers,
  })
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n")}\n\n${text}\n`;
