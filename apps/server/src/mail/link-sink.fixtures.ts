import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

export interface MailedLink {
  to: string;
  raw: string;
  token: string;
}

/** A mail server that keeps the mails with a link of one kind; notifications, which the worker mails too, it lets pass. */
export class LinkSink implements AsyncDisposable {
  inbox: MailedLink[] = [];
  /** How many of the next are put off. */
  failures = 0;
  readonly #server: SMTPServer;

  /** @param link finds a link and, as its first group, the token. */
  private constructor(link: RegExp) {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ["STARTTLS"],
      onData: (stream, session, done) => {
        const take = (raw: string) => {
          const unfolded = raw.replaceAll("=\r\n", "").replaceAll("=3D", "=");
          const token = link.exec(unfolded)?.[1];
          if (token === undefined) return done();
          if (this.failures-- > 0) return done(Object.assign(new Error("try later"), { responseCode: 451 }));
          this.inbox.push({ to: session.envelope.rcptTo[0]!.address, raw: unfolded, token });
          return done();
        };
        text(stream).then(take).catch(done);
      },
    });
    // A worker that is stopped may break off in the midst of a mail.
    this.#server.on("error", () => {});
  }

  static async open(link: RegExp): Promise<LinkSink> {
    const sink = new LinkSink(link);
    await new Promise<void>((resolve) => sink.#server.listen(0, "127.0.0.1", resolve));
    return sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  forget(): void {
    this.inbox = [];
    this.failures = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}
