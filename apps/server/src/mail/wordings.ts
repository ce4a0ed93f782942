import type { MailTemplateKey } from "@helpdesk/domain";

/** The words of a mail: Markdown with placeholders in its body. */
export interface MailWords {
  subject: string;
  body: string;
}

interface Wording extends MailWords {
  /** When this mail is sent, to whoever changes its words. */
  meaning: string;
  /** What it comes to in a digest. */
  line: string;
}

const SUBJECT = "[{{organization.name}} #{{ticket.number}}] {{ticket.title}}";
const OPEN = "See the ticket: {{ticket.url}}";

const ofTicket = (meaning: string, line: string, text: string): Wording => ({
  meaning,
  line,
  subject: SUBJECT,
  body: `Hello {{recipient.name}},\n\n${text}\n\n${OPEN}`,
});

const withText = (meaning: string, line: string, text: string): Wording => ({
  meaning,
  line,
  subject: SUBJECT,
  body: `${text}\n\n{{comment}}\n\n${OPEN}`,
});

/** What mails say where an organization has not changed it. */
export const wordings: Record<MailTemplateKey, Wording> = {
  ticket_created: withText(
    "To agents: a ticket comes into their queue",
    "New in your queue",
    "{{actor.name}} opened ticket {{ticket.number}}, “{{ticket.title}}”:",
  ),
  opened_for_customer: withText(
    "To a customer: a ticket was opened for them",
    "Opened for you",
    "Hello {{recipient.name}},\n\n{{actor.name}} opened ticket {{ticket.number}}, “{{ticket.title}}”, for you:",
  ),
  comment_added: withText(
    "To agents: somebody wrote on a ticket",
    "{{actor.name}} wrote",
    "{{actor.name}} wrote on ticket {{ticket.number}}, “{{ticket.title}}”:",
  ),
  reply_to_customer: withText(
    "To customers and those in copy: a reply on their ticket",
    "{{actor.name}} wrote",
    "{{actor.name}} wrote:",
  ),
  mention: withText(
    "To whom somebody mentions",
    "{{actor.name}} mentioned you",
    "{{actor.name}} mentioned you on ticket {{ticket.number}}, “{{ticket.title}}”:",
  ),
  ticket_assigned: ofTicket(
    "To an agent: a ticket is given to them",
    "Given to you",
    "{{actor.name}} gave you ticket {{ticket.number}}, “{{ticket.title}}”.",
  ),
  ticket_updated: ofTicket(
    "Something changed on a ticket",
    "Changed by {{actor.name}}",
    "{{actor.name}} changed ticket {{ticket.number}}, “{{ticket.title}}”.",
  ),
  sla_warning: ofTicket(
    "To agents: a ticket will soon be due",
    "Soon due",
    "Ticket {{ticket.number}}, “{{ticket.title}}”, will soon be due.",
  ),
  sla_breached: ofTicket(
    "To agents and managers: a ticket is overdue",
    "Overdue",
    "Ticket {{ticket.number}}, “{{ticket.title}}”, is overdue.",
  ),
  sla_escalated: ofTicket(
    "To whom an overdue ticket is brought",
    "Overdue, and brought before you",
    "Ticket {{ticket.number}}, “{{ticket.title}}”, is overdue and is brought before you.",
  ),
  rating_received: ofTicket(
    "To an agent: a customer rated how a ticket was resolved",
    "Rated by its customer",
    "The customer of ticket {{ticket.number}}, “{{ticket.title}}”, has rated how it was resolved.",
  ),
  review_written: ofTicket(
    "To an agent: their work on a ticket was reviewed",
    "Reviewed by {{actor.name}}",
    "{{actor.name}} has reviewed your work on ticket {{ticket.number}}, “{{ticket.title}}”.",
  ),
  attachment_rejected: {
    meaning: "To whom a file that they sent was harmful",
    line: "Your file {{file.name}} was harmful, and was removed",
    subject: "A file of yours was removed at {{organization.name}}",
    body: "Hello {{recipient.name}},\n\nyour file “{{file.name}}” was found to be harmful, and was removed.\n\n{{link}}",
  },
  training_assigned: {
    meaning: "To an agent: a scenario to practise",
    line: "To practise: {{scenario.title}}",
    subject: "To practise: {{scenario.title}}",
    body: "Hello {{recipient.name}},\n\n{{actor.name}} would like you to practise “{{scenario.title}}”.\n\nBegin: {{link}}",
  },
  webhook_stopped: {
    meaning: "To those who run webhooks: one was switched off",
    line: "The webhook {{webhook.name}} was switched off",
    subject: "A webhook of {{organization.name}} was switched off: {{webhook.name}}",
    body: "Hello {{recipient.name}},\n\nnothing arrived at the webhook “{{webhook.name}}” any more, so it was switched off.\n\nSee what happened: {{link}}",
  },
  ticket_received: {
    meaning: "To whoever opened a ticket by mail: it has arrived",
    line: "Your mail has arrived",
    subject: "[{{organization.name}} #{{ticket.number}}] We have got your mail",
    body: "Hello,\n\nyour mail has arrived, and is ticket {{ticket.number}} at {{organization.name}}. We will answer it as soon as we can.\n\n{{ticket.url}}",
  },
  digest: {
    meaning: "What can wait, together",
    line: "",
    subject: "What is new at {{organization.name}}",
    body: "Hello {{recipient.name}},\n\nthis is new for you:\n\n{{digest}}",
  },
};
