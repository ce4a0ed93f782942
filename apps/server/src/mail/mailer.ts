import { createTransport } from "nodemailer";
import type { Env } from "../env.ts";

export interface Mail {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** What the sender is called; without it, as MAIL_FROM says. */
  fromName?: string;
  replyTo?: string;
  messageId?: string;
  inReplyTo?: string;
  /** Message-IDs, the oldest first. */
  references?: string[];
  headers?: Record<string, string>;
}

/** Sends mails over SMTP, a few connections at a time. */
export interface Mailer {
  /** @throws Error when the mail server does not take it. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** Mails that are under way at once. */
export const MAIL_CONNECTIONS = 2;
const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

/** `Help <help@desk.example>` or `help@desk.example`. */
const addressIn = (from: string): string => /<([^<>]+)>$/.exec(from)?.[1] ?? from;

interface MailServer {
  url: string;
  from: Env["MAIL_FROM"];
  /** For how long it may say nothing. */
  silenceMs?: number;
}

export function openMailer({ url, from, silenceMs = SILENCE_MS }: MailServer): Mailer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const transport = createTransport({
    pool: true,
    maxConnections: MAIL_CONNECTIONS,
    host: hostname,
    port: port === "" ? (protocol === "smtps:" ? 465 : 587) : Number(port),
    secure: protocol === "smtps:",
    ...(username === ""
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ fromName, ...mail }) {
      const sender = fromName === undefined ? from : { name: fromName, address: addressIn(from) };
      await transport.sendMail({ from: sender, ...mail });
    },
    close: () => transport.close(),
  };
}

interface SmtpError {
  responseCode?: number;
  command?: string;
}

/** Whether the mail server will never take this mail: there is no such address, or it refuses what is in it. */
export function isFinal(error: unknown): boolean {
  const { responseCode = 0, command = "" } = error as SmtpError;
  return responseCode >= 500 && (command === "RCPT TO" || command === "DATA");
}
