import type { MailSenderRule } from "../values.ts";
import type { AutomaticReason } from "./automatic.ts";

/** Mails of one address in an hour that are taken without a person looking at them. */
export const mailsPerHour = 30;

/** Mails of one address in an hour that are acknowledged: whoever reads mail there need not have written them. */
export const acknowledgedPerHour = 3;

/** What is known of a mail by the time it is decided on. */
export interface ArrivedMail {
  automatic: AutomaticReason | null;
  /** Whether the same mail was made a ticket or reply of already, having come by another way. */
  isKnown: boolean;
  /** How many addresses it is from: one, or nobody knows whom it speaks for. */
  authors: number;
  /** Whether a trusted relay says that it is not from there. */
  isForged: boolean;
  /** Whether a relay has marked it as spam. */
  isSpam: boolean;
  /** Whether it asks that no machine answers it. */
  wantsNoAutoReply: boolean;
  /** Mails of the address in the hour before, and those of them that were proven: anybody can write somebody's address. */
  sentLately: number;
  provenLately: number;
  /** The person with the address; null where there is none. */
  author: { userId: string; isActive: boolean; isService: boolean } | null;
  /** The tickets that its addresses and references name. */
  named: readonly NamedTicket[];
}

/** A ticket that an address or reference of ours names. */
export interface NamedTicket {
  ticketId: string | null;
  /** Whether that was made for the author on this ticket. */
  isProven: boolean;
  isVisible: boolean;
}

/** Why a mail waits for a person to look at it. A refusal that a ticket answers with is a reason, too. */
export type HoldReason =
  | "unreadable"
  | "too_many"
  | "author_unclear"
  | "author_forged"
  | "author_inactive"
  | "author_unknown"
  | "not_proven"
  | "mailing_list"
  | "spam"
  | "ticket_not_visible"
  | "too_often_failed";

export type IgnoreReason = Exclude<AutomaticReason, "mailing_list"> | "duplicate";

/** What is to become of a mail. */
export type MailDecision =
  | { kind: "ignore"; reason: IgnoreReason }
  | { kind: "hold"; reason: HoldReason }
  | { kind: "reply"; ticketId: string; userId: string }
  /** `userId` is null for somebody who is new here. `isAcknowledged` is whether they are told of the ticket by mail. */
  | { kind: "open"; userId: string | null; isAcknowledged: boolean };

/** What an organization says of mail. */
export interface MailRules {
  senders: MailSenderRule;
  acknowledges: boolean;
}

const hold = (reason: HoldReason): MailDecision => ({ kind: "hold", reason });

/**
 * Whom a mail speaks for, and on what. It is a reply where what it answers was made for whoever it is from, who still
 * sees the ticket. What names a ticket and proves nothing waits for a person: it is neither appended nor a ticket of its
 * own, which a stranger could fill with what others said.
 */
export function decideMail(mail: ArrivedMail, { senders, acknowledges }: MailRules): MailDecision {
  const { automatic, author, named } = mail;
  const isByList = automatic === "mailing_list";
  if (automatic !== null && !isByList) return { kind: "ignore", reason: automatic };
  if (mail.authors !== 1) return hold("author_unclear");
  if (mail.isForged) return hold("author_forged");
  if (mail.isKnown) return { kind: "ignore", reason: "duplicate" };
  const proven = author ? named.filter(({ isProven }) => isProven) : [];
  const lately = proven.length > 0 ? mail.provenLately : mail.sentLately;
  if (lately >= mailsPerHour) return hold("too_many");
  if (author && (!author.isActive || author.isService)) return hold("author_inactive");
  if (named.length > 0) {
    const seen = proven.find(({ isVisible }) => isVisible);
    if (author && seen?.ticketId) return { kind: "reply", ticketId: seen.ticketId, userId: author.userId };
    return hold(proven.length > 0 ? "ticket_not_visible" : "not_proven");
  }
  // The support address may be a group that people write to, or be on a list that they do not write for.
  if (isByList) return hold("mailing_list");
  // A filter may be wrong: somebody looks. An answer that proves itself is none, whatever a filter says.
  if (mail.isSpam) return hold("spam");
  if (!author && senders === "known") return hold("author_unknown");
  const isAcknowledged = acknowledges && !mail.wantsNoAutoReply && mail.sentLately < acknowledgedPerHour;
  return { kind: "open", userId: author?.userId ?? null, isAcknowledged };
}
