import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { createTransport } from "nodemailer";
import type Mail from "nodemailer/lib/mailer/index.js";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

/** Where mails arrive for everybody, as a provider's server: by SMTP, kept by whom they are for. */
export class MailProvider implements AsyncDisposable {
  readonly #arrived: { to: string; mail: Email }[] = [];
  readonly #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData: (stream, { envelope }, done) =>
      void buffer(stream)
        .then((raw) => PostalMime.parse(raw))
        .then((mail) => {
          for (const { address } of envelope.rcptTo) this.#arrived.push({ to: address, mail });
        })
        .then(() => done(), done),
  });

  static async open(): Promise<MailProvider> {
    const provider = new MailProvider();
    // A process that is stopped may break off in the midst of a mail.
    provider.#server.on("error", () => {});
    await new Promise<void>((resolve) => provider.#server.listen(0, "127.0.0.1", resolve));
    return provider;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  inbox(address: string): Email[] {
    return this.#arrived.filter(({ to }) => to === address).map(({ mail }) => mail);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** Sends a mail by SMTP to a server on this machine; returns its last answer. */
export async function sendMail(port: number, mail: Mail.Options): Promise<string> {
  const transport = createTransport({ host: "127.0.0.1", port, ignoreTLS: true });
  try {
    return (await transport.sendMail(mail)).response;
  } finally {
    transport.close();
  }
}

/** An answer as mail programs write it: what one says, above the whole mail that it answers. */
export function answerTo(mail: Email, from: string, said: string): Mail.Options {
  const to = mail.replyTo?.[0]?.address ?? mail.from?.address;
  const quoted = (mail.text ?? "").split("\n").map((line) => `> ${line}`);
  return {
    from,
    ...(to && { to }),
    subject: `Re: ${mail.subject}`,
    inReplyTo: mail.messageId,
    references: `${mail.references ?? ""} ${mail.messageId}`.trim(),
    text: `${said}\n\nOn Mon, 5 Jan 2026 at 10:00, ${mail.from?.name} <${to}> wrote:\n${quoted.join("\n")}\n`,
  };
}
