import { sql } from "drizzle-orm";
import type { Instant, MailSenderRule } from "@helpdesk/domain";
import { command, globalQuery, query } from "../statement.ts";

/** No organization has this id: what runs for it finds nothing, at the same cost as for one there is. */
export const noOrganization = "00000000-0000-0000-0000-000000000000";

export interface OrganizationRow {
  id: string;
  slug: string;
  name: string;
}

export const findOrganizationBySlug = globalQuery<{ slug: string }, OrganizationRow>(
  (p) => sql`select id, slug, name from organizations where slug = ${p.slug}`,
);

/** The organizations in which resolved tickets close by themselves. */
export const listClosingOrganizations = globalQuery<
  Record<never, never>,
  { id: string; autoCloseAfterDays: number }
>(
  () => sql`
    select id, auto_close_after_days as "autoCloseAfterDays" from organizations
    where auto_close_after_days is not null order by id`,
);

export interface OrganizationSettings {
  id: string;
  name: string;
  timeZone: string;
  locale: string;
  /** Null is never. */
  autoCloseAfterDays: number | null;
  /** Null is never. */
  surveyDelaySeconds: number | null;
  mailSenders: MailSenderRule;
  acknowledgesMail: boolean;
  /** Counts changes of the settings and of the status graph. */
  version: number;
  updatedAt: Instant;
}

const settings = sql.raw(
  `id, name, time_zone as "timeZone", locale, auto_close_after_days as "autoCloseAfterDays", survey_delay_seconds as "surveyDelaySeconds", mail_senders as "mailSenders", acknowledges_mail as "acknowledgesMail", version, updated_at as "updatedAt"`,
);

export const findOrganization = query<Record<never, never>, OrganizationSettings>(
  (p) => sql`select ${settings} from organizations where id = ${p.organizationId}`,
);

/** The organization, whose settings and statuses nobody else changes until the unit ends. */
export const lockOrganization = command<Record<never, never>, OrganizationSettings>(
  (p) => sql`select ${settings} from organizations where id = ${p.organizationId} for no key update`,
);

export const updateOrganization = command<
  Omit<OrganizationSettings, "id" | "version" | "updatedAt"> & { at: Instant },
  OrganizationSettings
>(
  (p) => sql`
    update organizations set name = ${p.name}, time_zone = ${p.timeZone}, locale = ${p.locale}, auto_close_after_days = ${p.autoCloseAfterDays},
      survey_delay_seconds = ${p.surveyDelaySeconds}, mail_senders = ${p.mailSenders},
      acknowledges_mail = ${p.acknowledgesMail},
      version = version + 1, updated_at = ${p.at}
    where id = ${p.organizationId} returning ${settings}`,
);
