import { sql } from "drizzle-orm";
import type { Instant, MailTemplateKey } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export interface MailTemplateRow {
  key: MailTemplateKey;
  subject: string;
  body: string;
  version: number;
  updatedAt: Instant;
}

const columns = sql.raw(`key, subject, body, version, updated_at as "updatedAt"`);

/** Those that an organization has changed. */
export const listMailTemplates = query<Record<never, never>, MailTemplateRow>(
  (p) => sql`select ${columns} from mail_templates where organization_id = ${p.organizationId}`,
);

export const lockMailTemplate = command<{ key: MailTemplateKey }, MailTemplateRow>(
  (p) => sql`
    select ${columns} from mail_templates where organization_id = ${p.organizationId} and key = ${p.key} for update`,
);

interface MailTemplateValues {
  key: MailTemplateKey;
  subject: string;
  body: string;
  at: Instant;
}

/** None where somebody has changed it for the first time just before. */
export const insertMailTemplate = command<MailTemplateValues, MailTemplateRow>(
  (p) => sql`
    insert into mail_templates (organization_id, key, subject, body, version, created_at, updated_at)
    values (${p.organizationId}, ${p.key}, ${p.subject}, ${p.body}, 1, ${p.at}, ${p.at})
    on conflict do nothing returning ${columns}`,
);

export const updateMailTemplate = command<MailTemplateValues, MailTemplateRow>(
  (p) => sql`
    update mail_templates set subject = ${p.subject}, body = ${p.body}, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and key = ${p.key} returning ${columns}`,
);

export const deleteMailTemplate = command<{ key: MailTemplateKey }, never>(
  (p) => sql`delete from mail_templates where organization_id = ${p.organizationId} and key = ${p.key}`,
);
