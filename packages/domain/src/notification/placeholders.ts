import { refuse } from "../refusal.ts";
import { type MailTemplateKey, type NotificationKind, notificationKinds } from "../values.ts";

/** What may stand in a mail's words, in double braces: `{{ticket.title}}`. */
export const placeholderMeanings = {
  "recipient.name": "Whom the mail is for",
  "organization.name": "What the organization is called",
  "actor.name": "Who did what is told of; the organization where it was nobody",
  "ticket.number": "The ticket's number",
  "ticket.title": "The ticket's title",
  "ticket.url": "Where the ticket is",
  comment: "What was written, with its files; in bodies only",
  "file.name": "What the file was called",
  "scenario.title": "What the scenario is called",
  "webhook.name": "What the webhook is called",
  link: "Where what is told of is",
  digest: "What has happened, one line each; in bodies only",
} as const;

export type Placeholder = keyof typeof placeholderMeanings;

/** Longer than a line: they stand in bodies alone. */
const blocks: readonly Placeholder[] = ["comment", "digest"];

const always: Placeholder[] = ["recipient.name", "organization.name"];
const ofTicket: Placeholder[] = [...always, "actor.name", "ticket.number", "ticket.title", "ticket.url"];
const withComment: Placeholder[] = [...ofTicket, "comment"];

const special: { [K in MailTemplateKey]?: Placeholder[] } = {
  comment_added: withComment,
  mention: withComment,
  reply_to_customer: withComment,
  opened_for_customer: withComment,
  ticket_created: withComment,
  attachment_rejected: [...always, "file.name", "link"],
  training_assigned: [...always, "actor.name", "scenario.title", "link"],
  webhook_stopped: [...always, "webhook.name", "link"],
  // Nothing of what its reader is said to have written: anybody can write a mail in somebody's name.
  ticket_received: ["organization.name", "ticket.number", "ticket.url"],
  digest: [...always, "digest"],
};

/** What may stand in the words of a mail. */
export const placeholdersOf = (key: MailTemplateKey): readonly Placeholder[] => special[key] ?? ofTicket;

export const isNotificationKind = (key: MailTemplateKey): key is NotificationKind =>
  (notificationKinds as readonly MailTemplateKey[]).includes(key);

const slot = /\{\{([^{}]*)\}\}/g;

/** The names in double braces, each once. */
const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(slot)].map(([, name]) => name!.trim())),
];

/** @throws RefusalError `mail_template.placeholder_unknown` with every name that does not stand for anything there. */
export function expectPlaceholders(
  key: MailTemplateKey,
  { subject, body }: { subject: string; body: string },
) {
  const known = placeholdersOf(key);
  const inSubject = known.filter((name) => !blocks.includes(name));
  const unknown = new Set([
    ...namesIn(subject).filter((name) => !(inSubject as string[]).includes(name)),
    ...namesIn(body).filter((name) => !(known as string[]).includes(name)),
  ]);
  if (unknown.size > 0)
    refuse({ code: "mail_template.placeholder_unknown", unknown: [...unknown], known: [...known] });
}

/** A text with what its placeholders stand for; one that stands for nothing is left out. */
export const filled = (text: string, valueOf: (name: string) => string): string =>
  text.replaceAll(slot, (_, name: string) => valueOf(name.trim()));

/** A body apart: texts, and between them the blocks that stand in it. */
export function partsOf(body: string): (string | { block: Placeholder })[] {
  const parts = body.split(/\{\{\s*(comment|digest)\s*\}\}/);
  return parts.map((part, i) => (i % 2 === 0 ? part : { block: part as Placeholder }));
}
