import type { MailTemplateRow } from "@helpdesk/db";
import {
  type MailTemplateKey,
  mailTemplateKeys,
  placeholderMeanings,
  placeholdersOf,
} from "@helpdesk/domain";
import { z } from "zod";
import { wordings } from "../mail/wordings.ts";
import { instantSchema } from "../schemas.ts";

export const mailTemplateSchema = z.object({
  key: z.enum(mailTemplateKeys),
  /** Who gets such a mail, and when. */
  meaning: z.string(),
  subject: z.string(),
  /** Markdown. */
  body: z.string(),
  /** What may stand in it in double braces. */
  placeholders: z.array(z.object({ name: z.string(), meaning: z.string() })),
  /** Null while it says what it says by itself. */
  updatedAt: instantSchema.nullable(),
  /** 0 while it says what it says by itself. */
  version: z.int(),
});
export type MailTemplateView = z.infer<typeof mailTemplateSchema>;

/** A mail's words as they are: an organization's own, or those that it has by itself. */
export const toTemplate = (key: MailTemplateKey, own: MailTemplateRow | undefined): MailTemplateView => ({
  key,
  meaning: wordings[key].meaning,
  subject: own?.subject ?? wordings[key].subject,
  body: own?.body ?? wordings[key].body,
  placeholders: placeholdersOf(key).map((name) => ({ name, meaning: placeholderMeanings[name] })),
  updatedAt: own?.updatedAt ?? null,
  version: own?.version ?? 0,
});
