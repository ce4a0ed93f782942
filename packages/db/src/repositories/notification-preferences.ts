import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { DigestRhythm, Instant, Preference } from "@helpdesk/domain";
import { recordset } from "../sql.ts";
import { command, query } from "../statement.ts";

/** What somebody has said of kinds and channels, as a JSON array. */
export const preferencesOf = (organizationId: SQLWrapper, userId: SQLWrapper): SQL => sql`
  coalesce((select jsonb_agg(jsonb_build_object('kind', f.kind, 'channel', f.channel, 'isEnabled', f.is_enabled))
    from notification_preferences f
    where f.organization_id = ${organizationId} and f.user_id = ${userId}), '[]')`;

/** Whether a notification `n` is one that a person sees in the product: those of a kind they want none of are as if not there. */
export const isShown = (organizationId: SQLWrapper, userId: SQLWrapper): SQL => sql`
  n.kind <> all(array(select f.kind from notification_preferences f
    where f.organization_id = ${organizationId} and f.user_id = ${userId}::uuid and f.channel = 'in_app' and not f.is_enabled))`;

export interface NotificationSettingsRow {
  timeZone: string;
  digest: DigestRhythm;
  digestHour: number;
  preferences: Preference[];
}

/** The hour of a daily digest where nobody has said another. */
const USUAL_HOUR = sql.raw("8");

export const findNotificationSettings = query<{ userId: string }, NotificationSettingsRow>(
  (p) => sql`
    select u.time_zone as "timeZone", coalesce(s.digest, 'off') as digest,
      coalesce(s.digest_hour, ${USUAL_HOUR}) as "digestHour", ${preferencesOf(p.organizationId, sql`u.id`)} as preferences
    from users u
    left join notification_settings s on s.organization_id = ${p.organizationId} and s.user_id = u.id
    where u.organization_id = ${p.organizationId} and u.id = ${p.userId}`,
);

/** Writes what somebody says of kinds and channels: a JSON array; what `isEnabled` is null of is as by default again. */
export const writePreferences = command<{ userId: string; preferences: string }, never>(
  (p) => sql`
    with said as (
      select r.* from ${recordset(p.preferences, 'kind text, channel text, "isEnabled" boolean')}),
    unsaid as (
      delete from notification_preferences f using said
      where f.organization_id = ${p.organizationId} and f.user_id = ${p.userId}::uuid
        and f.kind = said.kind and f.channel = said.channel and said."isEnabled" is null)
    insert into notification_preferences (organization_id, user_id, kind, channel, is_enabled)
    select ${p.organizationId}::uuid, ${p.userId}::uuid, said.kind, said.channel, said."isEnabled"
    from said where said."isEnabled" is not null
    on conflict (organization_id, user_id, kind, channel) do update set is_enabled = excluded.is_enabled`,
);

export const writeDigest = command<
  { userId: string; digest: DigestRhythm; digestHour: number; at: Instant },
  never
>(
  (p) => sql`
    insert into notification_settings (organization_id, user_id, digest, digest_hour, updated_at)
    values (${p.organizationId}::uuid, ${p.userId}::uuid, ${p.digest}::text, ${p.digestHour}::int, ${p.at}::timestamptz)
    on conflict (organization_id, user_id) do update set
      digest = excluded.digest, digest_hour = excluded.digest_hour, updated_at = excluded.updated_at`,
);

/** What waits for a digest, and is with no worker, is looked at anew. */
export const reconsiderMails = command<{ userId: string }, never>(
  (p) => sql`
    update notifications set mail_due_at = null
    where organization_id = ${p.organizationId} and user_id = ${p.userId}::uuid and mail_state = 'due'
      and mail_attempts = 0 and mail_due_at is not null`,
);
