import type { HelpdeskApi } from "@helpdesk/client";
import { type Instant, type NotificationKind, toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { systemRuntime } from "../runtime.ts";
import { type Mailer, openMailer } from "./mailer.ts";
import { sendDueMails } from "./send-due.ts";
import { MailSink } from "./sink.fixtures.ts";

interface MailRow {
  id: string;
  name: string;
  kind: string;
  state: string;
  attempts: number;
  problem: string | null;
  dueAt: Instant | null;
}

/** What is told of, written as acts write it. */
interface Telling {
  kind: NotificationKind;
  ticketId?: string | null;
  commentId?: string;
  actor?: string;
  data?: Record<string, unknown>;
}

/** A server with a mail server that mails arrive at, and a clock that can be put forward. */
export class MailDesk implements AsyncDisposable {
  readonly server: TestServer;
  readonly sink: MailSink;
  readonly mailer: Mailer;
  readonly #clock: { laterMs: number };
  #support = "";

  private constructor(server: TestServer, sink: MailSink, clock: { laterMs: number }) {
    this.server = server;
    this.sink = sink;
    this.#clock = clock;
    this.mailer = openMailer({ url: sink.url, from: server.resources.env.MAIL_FROM });
  }

  static async open(env: Record<string, string> = {}): Promise<MailDesk> {
    const sink = await MailSink.open();
    const clock = { laterMs: 0 };
    const now = () => toInstant(toEpochMs(systemRuntime.now()) + clock.laterMs);
    const server = await startServer({
      runtime: { ...systemRuntime, now },
      env: { SMTP_URL: sink.url, PUBLIC_URL: "https://help.example/", MAIL_DELAY_SECONDS: "0", ...env },
    });
    const desk = new MailDesk(server, sink, clock);
    const departments = await (await desk.as("sofia")).departments.list.query();
    desk.#support = departments.find(({ name }) => name === "Technical support")!.id;
    return desk;
  }

  /** Puts the clock forward. */
  later(seconds: number): void {
    this.#clock.laterMs += seconds * 1_000;
  }

  now(): Instant {
    return this.server.resources.runtime.now();
  }

  async as(name: string): Promise<HelpdeskApi> {
    return (await this.server.as(name)).api;
  }

  async idOf(name: string): Promise<string> {
    const rows = await this.server.resources.sql<{ id: string }[]>`
      select id from users where email like ${`${name}@%`}`;
    return rows[0]!.id;
  }

  async open(name: string, title = "The printer burns", description = "It *burns*.") {
    const api = await this.as(name);
    return api.tickets.open.mutate({ title, description, departmentId: this.#support });
  }

  /** One look, as a worker's. */
  sendOnce(mailer: Mailer = this.mailer): Promise<number> {
    const { sql, log, runtime, env } = this.server.resources;
    return sendDueMails({ sql, log, runtime, env, mailer });
  }

  /** Looks until there is nothing to send. */
  async sendAll(): Promise<void> {
    while ((await this.sendOnce()) > 0);
  }

  /** Sends what there is, and forgets it. */
  async clear(): Promise<void> {
    this.sink.manner = "takes";
    await this.sendAll();
    this.sink.inbox = [];
  }

  /** What became of mails, of a ticket or all that were not played, by who they are for. */
  async rows(ticketId: string | null = null): Promise<MailRow[]> {
    return this.server.resources.sql<MailRow[]>`
      select n.id, split_part(u.email, '@', 1) as name, kind, mail_state as state, mail_attempts as attempts,
        mail_problem as problem, mail_due_at as "dueAt"
      from notifications n join users u on u.id = n.user_id
      where ticket_id = ${ticketId}::uuid or ${ticketId}::uuid is null
      order by n.created_at, n.id`;
  }

  async tell(
    name: string,
    { kind, ticketId = null, commentId, actor = "ben", data = {} }: Telling,
  ): Promise<string> {
    // Those of one millisecond have no order.
    this.later(0.001);
    const id = systemRuntime.newId();
    const { sql } = this.server.resources;
    const text = JSON.stringify({ ...data, ...(commentId && { commentId }) });
    await sql`
      insert into notifications (organization_id, id, user_id, kind, ticket_id, actor_id, data, created_at)
      select u.organization_id, ${id}, u.id, ${kind}, ${ticketId}::uuid, ${await this.idOf(actor)},
        (${text}::text)::jsonb, ${this.now()}
      from users u where u.email like ${`${name}@%`}`;
    return id;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.mailer.close();
    await this.server[Symbol.asyncDispose]();
    await this.sink[Symbol.asyncDispose]();
  }
}
