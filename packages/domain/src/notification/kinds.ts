import type { NotificationChannel, NotificationKind } from "../values.ts";

interface KindOfNotification {
  /** To a person who chooses what to be told of. */
  meaning: string;
  /** Whether only those who work here are told of it. */
  isForStaff: boolean;
  /** Whether it is mailed where a person has not said: to those who work here, and on a ticket's customer's side. */
  mails: { staff: boolean; customer: boolean };
  /** Whether its mails may wait for a digest: on the customer's side of a ticket a reply never does. */
  canWait: boolean;
}

const staff = (meaning: string, mailed: boolean, canWait: boolean): KindOfNotification => ({
  meaning,
  isForStaff: true,
  mails: { staff: mailed, customer: mailed },
  canWait,
});

/** Every kind of notification: what it tells, and what it does by itself. All are shown in the product. */
export const kindsOfNotification: Record<NotificationKind, KindOfNotification> = {
  ticket_created: {
    meaning: "A ticket comes into one's queue, or was opened for one",
    isForStaff: false,
    mails: { staff: false, customer: true },
    canWait: true,
  },
  ticket_assigned: staff("A ticket is given to one", true, true),
  ticket_updated: {
    meaning: "Something changes on a ticket that is one's own, or that one has or follows",
    isForStaff: false,
    mails: { staff: false, customer: false },
    canWait: true,
  },
  comment_added: {
    meaning: "Somebody writes on a ticket that is one's own, or that one has or follows",
    isForStaff: false,
    mails: { staff: false, customer: true },
    canWait: true,
  },
  sla_warning: staff("A ticket that one has will soon be due", false, false),
  sla_breached: staff("A ticket that one has, or whose department one manages, is overdue", true, false),
  sla_escalated: staff("A ticket is brought before one because it is overdue", true, false),
  mention: {
    meaning: "Somebody mentions one",
    isForStaff: false,
    mails: { staff: true, customer: true },
    canWait: false,
  },
  rating_received: staff("A customer rates how a ticket was resolved", false, true),
  attachment_rejected: {
    meaning: "A file that one has sent is harmful, and was removed",
    isForStaff: false,
    mails: { staff: true, customer: true },
    canWait: true,
  },
  training_assigned: staff("A scenario to practise is given to one", true, true),
  review_written: staff("One's work on a ticket was reviewed", true, true),
  webhook_stopped: staff("A webhook is switched off because nothing arrives there", true, false),
  ticket_received: {
    meaning: "A mail that one has sent became a ticket",
    isForStaff: false,
    mails: { staff: true, customer: true },
    canWait: false,
  },
};

/** Where a person stands to what they are told of. */
export type Side = "staff" | "customer";

/** What a kind does on a channel where a person has said nothing. */
export const toldByDefault = (kind: NotificationKind, channel: NotificationChannel, side: Side): boolean =>
  channel === "in_app" || kindsOfNotification[kind].mails[side];

/** Whether a mail may wait for a digest. */
export const canWait = (kind: NotificationKind, side: Side): boolean =>
  kindsOfNotification[kind].canWait && !(kind === "comment_added" && side === "customer");
