import { findRecipient, listMailTemplates } from "@helpdesk/db";
import {
  type MailTemplateKey,
  type NotificationKind,
  expectPlaceholders,
  isNotificationKind,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { publicUrl } from "../env.ts";
import { MailAddresses } from "../mail/addresses.ts";
import { type Addressee, type Desk, type News, digestOf, letterOf } from "../mail/letter.ts";
import type { Mail } from "../mail/mailer.ts";
import { Unsubscriptions } from "../mail/unsubscriptions.ts";
import { type MailWords, wordings } from "../mail/wordings.ts";

const SOME_ID = "00000000-0000-7000-8000-000000000000";

const kindOf = (key: MailTemplateKey): NotificationKind => {
  if (key === "opened_for_customer" || key === "digest") return "ticket_created";
  return isNotificationKind(key) ? key : "comment_added";
};

/** Something to tell, made up. */
function sample(ctx: Context, key: MailTemplateKey): News {
  const kind = kindOf(key);
  return {
    id: SOME_ID,
    kind,
    side: isNotificationKind(key) ? "staff" : "customer",
    data: {
      name: kind === "webhook_stopped" ? "Billing" : "invoice.pdf.exe",
      title: "The customer who forgot everything",
      assignmentId: SOME_ID,
      webhookId: SOME_ID,
    },
    createdAt: ctx.now,
    readAt: null,
    attempts: 1,
    actorName: "Ada Lovelace",
    ticket: {
      id: SOME_ID,
      number: 1024,
      title: "The printer on the second floor is on fire",
      description: "It started **this morning**.",
      customerId: ctx.actor.userId,
      assigneeId: null,
      departmentId: null,
      ccIds: [],
    },
    comment: { body: "Thank you for writing. *We are on our way.*", visibility: "public" },
    attachments: [{ id: SOME_ID, name: "evacuation.pdf", sizeBytes: 1_024 }],
    before: [],
  };
}

/**
 * A mail as oneself would get it, of something made up, in words that need not be saved.
 * @throws RefusalError `mail_template.placeholder_unknown`.
 */
export async function previewTemplate(
  ctx: Context,
  { key, ...words }: { key: MailTemplateKey } & Partial<MailWords>,
): Promise<Pick<Mail, "subject" | "text" | "html">> {
  const [to, saved] = await Promise.all([
    findRecipient.first(ctx.read, { userId: ctx.actor.userId }),
    listMailTemplates(ctx.read),
  ]);
  const { subject, body } = { ...wordings[key], ...saved.find((each) => each.key === key), ...words };
  expectPlaceholders(key, { subject, body });
  const { env } = ctx.request.resources;
  const desk: Desk = {
    publicUrl: publicUrl(env),
    addresses: new MailAddresses(env),
    unsubscriptions: new Unsubscriptions(env),
  };
  const addressee: Addressee = {
    ...to!,
    organizationId: ctx.actor.organizationId,
    templates: [{ key, subject, body }],
  };
  const news = sample(ctx, key);
  const mail =
    key === "digest" ? digestOf(desk, addressee, [news]) : await letterOf(desk, addressee, news, []);
  // A link that works is for a mail that was sent.
  const without = (text: string) => text.replaceAll(/token=[\w.-]+/g, "token=");
  return { subject: mail.subject, text: without(mail.text), html: without(mail.html) };
}
