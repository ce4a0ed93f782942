import { parentPort, workerData } from "node:worker_threads";
import PostalMime, { type Address, type Attachment, addressParser } from "postal-mime";
import { textOfHtml } from "./html-text.ts";
import type { MailFile, Mailbox, ReadMail } from "./message.ts";
import { replyOf } from "./reply-text.ts";

const MAX_NESTING = 30;
const MAX_HEADER_BYTES = 256 * 1024;
const MAX_TEXT = 100_000;
const MAX_REPLY = 65_000;
const MAX_LINE = 20_000;
const MAX_ADDRESSES = 200;
const MAX_REFERENCES = 100;
const MAX_FILES = 200;

const storable = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n")
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\0-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, "");

/** One line, cut. */
const lineOf = (text: string, max: number): string =>
  cut(
    storable(text)
      .replaceAll(/[\s\p{Cc}]+/gu, " ")
      .trim(),
    max,
  );

const cut = (text: string, max: number): string =>
  text.length <= max
    ? text
    : `${text
        .slice(0, max - 1)
        .toWellFormed()
        .replaceAll("\ufffd", "")}…`;

const ADDRESS = /^[^\s@<>",;:()\\]+@[^\s@<>",;:()\\]+$/;

const mailboxes = (all: readonly Address[]): Mailbox[] =>
  all
    .slice(0, MAX_ADDRESSES)
    .flatMap((each) => (each.address === undefined ? each.group : [each]))
    .map(({ name, address }) => ({
      name: lineOf(name, 200),
      address: storable(address).trim().toLowerCase(),
    }))
    .filter(({ address }) => ADDRESS.test(address) && address.length <= 254);

const idsIn = (...texts: (string | undefined)[]): string[] =>
  texts.flatMap((text) => (text ?? "").match(/<[^<>\s]{3,400}>/g) ?? []).slice(-MAX_REFERENCES);

const fileOf = ({ filename, mimeType, content }: Attachment, i: number): MailFile => ({
  name: filename ?? `${mimeType === "message/rfc822" ? "mail" : "file"} ${i + 1}${endings[mimeType] ?? ""}`,
  content: typeof content === "string" ? Buffer.from(content) : new Uint8Array(content),
});

const endings: Record<string, string> = {
  "message/rfc822": ".eml",
  "image/png": ".png",
  "image/jpeg": ".jpg",
  "image/gif": ".gif",
  "text/calendar": ".ics",
  "application/pdf": ".pdf",
};

/** A mail of its bytes. @throws Error where it is deeper or has longer headers than is read. */
export async function readBytes(raw: Uint8Array): Promise<ReadMail> {
  const mail = await PostalMime.parse(raw, {
    maxNestingDepth: MAX_NESTING,
    maxHeadersSize: MAX_HEADER_BYTES,
    forceRfc822Attachments: true,
  });
  const { attachments, headers, html } = mail;
  if (attachments.length > MAX_FILES) throw new Error("A mail has too many parts.");
  const values = (name: string) => headers.filter(({ key }) => key === name).map(({ value }) => value);
  const addressesIn = (name: string) =>
    mailboxes(values(name).flatMap((value) => addressParser(value, { flatten: true })));
  const plain = storable(mail.text ?? "").trim();
  const whole = plain === "" && html ? textOfHtml(storable(html.slice(0, 10 * MAX_TEXT))) : plain;
  const text = cut(whole.replaceAll(/\n{4,}/g, "\n\n\n"), MAX_TEXT);
  const lines = text.split("\n").map((line) => cut(line, MAX_LINE));
  return {
    authors: addressesIn("from").filter(
      ({ address }, i, all) => all.findIndex((each) => each.address === address) === i,
    ),
    to: addressesIn("to").map(({ address }) => address),
    cc: addressesIn("cc").map(({ address }) => address),
    subject: lineOf(mail.subject ?? "", 300),
    messageId: idsIn(mail.messageId)[0] ?? null,
    references: idsIn(mail.references, mail.inReplyTo),
    headers: headers.map(({ key, value }) => [key, lineOf(value, 2_000)]),
    text,
    reply: cut(replyOf(cut(lines.join("\n"), MAX_REPLY)), MAX_REPLY),
    files: attachments.map(fileOf),
  };
}

if (parentPort) parentPort.postMessage(await readBytes(workerData as Uint8Array));
