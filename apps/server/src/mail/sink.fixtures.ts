import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface Received {
  to: string;
  raw: string;
  mail: Email;
}

/** What a mail server does with mails: takes them, refuses, or says nothing at all. */
export type Manner = "takes" | "not_now" | "no_such_person" | "hangs";

/** A mail server that keeps what it gets. */
export class MailSink implements AsyncDisposable {
  inbox: Received[] = [];
  manner: Manner = "takes";
  /** How many of the next mails it puts off. */
  failures = 0;
  /** How long it thinks about a mail before it says that it has it. */
  thinksMs = 0;
  #server: SMTPServer;
  url = "";

  private constructor(only: RegExp) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      closeTimeout: 100,
      onRcptTo: (_address, _session, done) => {
        if (this.manner === "no_such_person")
          return done(Object.assign(new Error("No such person here"), { responseCode: 550 }));
        return done();
      },
      onData: (stream, session, done) => {
        const take = async () => {
          const raw = await buffer(stream);
          if (this.manner === "hangs") return;
          const mail = await PostalMime.parse(raw);
          if (!only.test(mail.text ?? "")) return done();
          if (this.manner === "not_now" || this.failures-- > 0)
            return done(Object.assign(new Error("Try again later"), { responseCode: 451 }));
          this.inbox.push({ to: session.envelope.rcptTo[0]!.address, raw: raw.toString("utf8"), mail });
          if (this.thinksMs > 0) await wait(this.thinksMs);
          return done();
        };
        // Whoever sends may be killed in the midst of a mail.
        void take().catch(done);
      },
    });
    this.#server.on("error", () => {});
  }

  /** @param only what the text of a mail that it keeps has; others it takes and forgets. */
  static async open({ port = 0, only = /^/ } = {}): Promise<MailSink> {
    const sink = new MailSink(only);
    const { promise, resolve } = Promise.withResolvers<void>();
    const listening = sink.#server.listen(port, "127.0.0.1", resolve);
    await promise;
    sink.url = `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`;
    return sink;
  }

  /** Mails to somebody, by what comes before the `@`, in the order they came. */
  to(name: string): Email[] {
    return this.inbox.filter(({ to }) => to.startsWith(`${name}@`)).map(({ mail }) => mail);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** The token of the link in a mail. */
export const tokenIn = ({ mail }: Received): string => /#token=([\w.-]+)/.exec(mail.text!)![1]!;

/** The header of a mail; undefined where it has none. */
export const headerOf = ({ headers }: Email, key: string): string | undefined =>
  headers.find((header) => header.key === key)?.value;
