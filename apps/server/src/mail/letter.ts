import type { DueMailRow, RecipientRow, ThreadedMail } from "@helpdesk/db";
import {
  type MailTemplateKey,
  type NotificationKind,
  type Side,
  filled,
  kindsOfNotification,
  mentionAt,
  placeholdersOf,
} from "@helpdesk/domain";
import { rendered } from "../markdown/rendered.ts";
import type { MailAddresses } from "./addresses.ts";
import { laidOut, setApart } from "./layout.ts";
import type { Mail } from "./mailer.ts";
import { escapeHtml, oneLine } from "./plain.ts";
import type { Unsubscription, Unsubscriptions } from "./unsubscriptions.ts";
import { type Block, type Values, written } from "./words.ts";
import { wordings } from "./wordings.ts";

/** What letters are written with. */
export interface Desk {
  publicUrl: string;
  addresses: MailAddresses;
  unsubscriptions: Unsubscriptions;
}

/** Whom a letter is for. */
export interface Addressee extends RecipientRow {
  organizationId: string;
}

/** What a letter tells: a notification, as it is at its sending. */
export interface News extends DueMailRow {
  side: Side;
}

const forCustomers: { [K in NotificationKind]?: MailTemplateKey } = {
  ticket_created: "opened_for_customer",
  comment_added: "reply_to_customer",
};

const keyOf = ({ kind, side }: News): MailTemplateKey =>
  (side === "customer" ? forCustomers[kind] : undefined) ?? kind;

const path = (desk: Desk, ...segments: (string | number)[]): string =>
  [desk.publicUrl.replace(/\/+$/, ""), ...segments].join("/");

const textOf = (data: Record<string, unknown>, name: string): string =>
  typeof data[name] === "string" ? data[name] : "";

function linkOf(desk: Desk, { kind, data, ticket }: DueMailRow): string {
  if (kind === "training_assigned")
    return path(desk, "training", "assignments", textOf(data, "assignmentId"));
  if (kind === "webhook_stopped") return path(desk, "webhooks", textOf(data, "webhookId"));
  return ticket ? path(desk, "tickets", ticket.number) : path(desk);
}

const MAX_REFERENCES = 10;
/** What somebody else's program made up goes into a head only as what it should be. */
const MESSAGE_ID = /^<[!-;=?-~]{3,250}>$/;

/** Whether an answer to it is meant for the ticket's customer, who would read it: not what was written among colleagues. */
export const isForAnswers = ({ kind, comment }: Pick<News, "kind" | "comment">): boolean =>
  comment?.visibility !== "internal" && kind !== "review_written" && kind !== "rating_received";

function whoReadsAnswers(news: News, isAnswerable: boolean): string {
  if (isAnswerable && news.side === "staff") return " Your answer goes to the ticket's customer.";
  return news.ticket && !isForAnswers(news) ? " Answer it in the product, not by mail." : "";
}

/**
 * The letter that tells one thing. On a ticket it goes on the thread of the letters before, and can be answered; what was
 * written among colleagues stands alone and names no ticket, so that no answer to it comes before the customer.
 */
export async function letterOf(
  desk: Desk,
  to: Addressee,
  news: News,
  before: readonly ThreadedMail[],
): Promise<Mail> {
  const { kind, ticket } = news;
  const { slug } = to.organization;
  const values = await valuesOf(desk, to, news);
  const hasThread = ticket !== null && isForAnswers(news);
  const isAnswerable = hasThread && desk.addresses.isReachable;
  const mail = mailOf(desk, to, keyOf(news), values, {
    what: kind,
    reason: `You get this because of: ${kindsOfNotification[kind].meaning}.${whoReadsAnswers(news, isAnswerable)}`,
    isAnswerable,
  });
  if (!hasThread) return { ...mail, messageId: `<${news.id}@${desk.addresses.domainOf(slug)}>` };
  const of = { organizationId: to.organizationId, ticketId: ticket.id, userId: to.id };
  const idOf = (id: string) => desk.addresses.messageId(slug, ticket.number, id, of);
  const references = before
    .slice(0, MAX_REFERENCES)
    .toReversed()
    .map(({ id, messageId }) => (id === null ? messageId : idOf(id)))
    .filter((messageId) => MESSAGE_ID.test(messageId));
  return {
    ...mail,
    messageId: idOf(news.id),
    ...(desk.addresses.isReachable && { replyTo: desk.addresses.replyAddress(slug, ticket.number, of) }),
    ...(references.length > 0 && { references, inReplyTo: references.at(-1)! }),
  };
}

/** The letter that tells several things that could wait, oldest first. */
export function digestOf(desk: Desk, to: Addressee, all: readonly News[]): Mail {
  const lines = all.map((news) => {
    const line = filled(wordings[keyOf(news)].line, (name) => linesOf(to, news)[name] ?? "");
    const { ticket } = news;
    const text = oneLine(ticket ? `#${ticket.number} ${ticket.title}: ${line}` : line);
    return { text, url: linkOf(desk, news) };
  });
  const digest = {
    text: lines.map(({ text, url }) => `- ${text}\n  ${url}`).join("\n"),
    html: `<ul>\n${lines.map(({ text, url }) => `<li><a href="${escapeHtml(url)}">${escapeHtml(text)}</a></li>`).join("\n")}\n</ul>`,
  };
  const addressed = { "recipient.name": to.name, "organization.name": to.organization.name };
  const mail = mailOf(
    desk,
    to,
    "digest",
    { lines: addressed, urls: {}, blocks: { digest } },
    {
      what: "digest",
      reason: `You get this ${to.digest === "hourly" ? "every hour" : "every day"} that there is something new.`,
      isAnswerable: false,
    },
  );
  // The same for another attempt: it is named by what it tells first.
  return { ...mail, messageId: `<digest.${all[0]!.id}@${desk.addresses.domainOf(to.organization.slug)}>` };
}

function mailOf(
  { publicUrl, addresses, unsubscriptions }: Desk,
  to: Addressee,
  key: MailTemplateKey,
  values: Values,
  { what, reason, isAnswerable }: Pick<Unsubscription, "what"> & { reason: string; isAnswerable: boolean },
): Mail {
  const { organizationId, organization, id: userId } = to;
  const words = to.templates.find((template) => template.key === key) ?? wordings[key];
  const isNamed = placeholdersOf(key).includes("recipient.name");
  const { subject, ...body } = written(words, values);
  const token = unsubscriptions.tokenOf({ organizationId, userId, what });
  const unsubscribeUrl = `${publicUrl.replace(/\/+$/, "")}/api/v1/unsubscribe?token=${token}`;
  return {
    to: { name: isNamed ? oneLine(to.name) : "", address: to.email },
    fromName: oneLine(organization.name),
    subject,
    ...laidOut(body, { organizationName: organization.name, reason, unsubscribeUrl, isAnswerable }),
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "X-Loop": addresses.domainOf(organization.slug),
      "List-Unsubscribe": `<${unsubscribeUrl}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  };
}

const linesOf = (to: Addressee, { data, ticket, actorName }: DueMailRow): Record<string, string> => ({
  "recipient.name": to.name,
  "organization.name": to.organization.name,
  "actor.name": actorName ?? to.organization.name,
  "ticket.number": ticket ? String(ticket.number) : "",
  "ticket.title": ticket?.title ?? "",
  "file.name": textOf(data, "name"),
  "webhook.name": textOf(data, "name"),
  "scenario.title": textOf(data, "title"),
});

async function valuesOf(desk: Desk, to: Addressee, news: News): Promise<Values> {
  const { ticket, comment } = news;
  const link = linkOf(desk, news);
  const body = comment?.body ?? ticket?.description ?? "";
  const blocks: Values["blocks"] =
    body === "" && news.attachments.length === 0 ? {} : { comment: await said(desk, news, body) };
  return { lines: linesOf(to, news), urls: { link, "ticket.url": link }, blocks };
}

/** What was written as the product shows it, with links to its files. */
async function said(desk: Desk, { ticket, attachments }: News, body: string): Promise<Block> {
  const files = attachments.map(({ id, name }) => ({
    name: oneLine(name),
    url: path(desk, "tickets", ticket?.number ?? "", "attachments", id),
  }));
  const html = await rendered(body);
  const listed = files
    .map(({ name, url }) => `<li><a href="${escapeHtml(url)}">${escapeHtml(name)}</a></li>`)
    .join("\n");
  const text = [withoutMarks(body), files.map(({ name, url }) => `- ${name}: ${url}`).join("\n")];
  return {
    text: text.filter((part) => part !== "").join("\n\n"),
    html: setApart(files.length > 0 ? `${html}\n<ul>\n${listed}\n</ul>` : html),
  };
}

/** A text with those it mentions as people read them. */
function withoutMarks(text: string): string {
  let plain = "";
  let from = 0;
  for (let at = text.indexOf("@["); at >= 0; at = text.indexOf("@[", Math.max(from, at + 1))) {
    const mention = mentionAt(text, at);
    if (!mention) continue;
    plain += `${text.slice(from, at)}@${mention.label}`;
    from = mention.end;
  }
  return (plain + text.slice(from)).replaceAll("\r\n", "\n").trim();
}
