import { sql } from "drizzle-orm";
import { command } from "../../statement.ts";
import { type Wipe, wipe } from "./wipe.ts";

interface Account {
  userId: string;
  email: string;
  /** Of sign-ins that are counted for the address: a JSON array. */
  subjects: string;
}

const ofUser = (table: string, column = "user_id"): Wipe<Account> =>
  wipe<Account>(
    table,
    (p) => sql`
      delete from ${sql.raw(table)}
      where organization_id = ${p.organizationId} and ${sql.raw(column)} = ${p.userId}::uuid`,
  );

/** What belongs to a person alone. */
export const accountWipes: readonly Wipe<Account>[] = [
  ofUser("auth_sessions"),
  ofUser("auth_tokens"),
  ofUser("stream_tickets"),
  wipe<Account>(
    "api_key_secrets",
    (p) => sql`
      delete from api_key_secrets where organization_id = ${p.organizationId} and api_key_id in (
        select k.id from api_keys k where k.organization_id = ${p.organizationId} and k.owner_id = ${p.userId}::uuid)`,
  ),
  wipe<Account>(
    "api_keys",
    (p) => sql`
      update api_keys set name = 'erased', version = version + 1
      where organization_id = ${p.organizationId} and owner_id = ${p.userId}::uuid and revoked_at is not null`,
  ),
  wipe<Account>(
    "sign_in_attempts",
    (p) => sql`
      delete from sign_in_attempts where organization_id = ${p.organizationId}
        and subject_hash in (select jsonb_array_elements_text((${p.subjects}::text)::jsonb))`,
  ),
  ofUser("notification_preferences"),
  ofUser("notification_settings"),
  ofUser("ticket_presence"),
  ofUser("ticket_cc"),
  ofUser("ticket_followers"),
  ofUser("department_members"),
  ofUser("views", "owner_id"),
  ofUser("saved_reports", "owner_id"),
  ofUser("training_assignments"),
  wipe<Account>(
    "departments",
    (p) => sql`
      update departments set manager_id = null, version = version + 1
      where organization_id = ${p.organizationId} and manager_id = ${p.userId}::uuid`,
  ),
  wipe<Account>(
    "kb_feedback",
    (p) => sql`
      update kb_feedback set comment = 'erased'
      where organization_id = ${p.organizationId} and user_id = ${p.userId}::uuid and comment is not null`,
  ),
  // Whoever imports them again makes somebody else.
  wipe<Account>(
    "import_keys",
    (p) => sql`
      delete from import_keys
      where organization_id = ${p.organizationId} and kind = 'users' and thing_id = ${p.userId}::uuid`,
  ),
  // How their own work was: the scores stay, for what reviewers gave on the whole.
  wipe<Account>(
    "ticket_reviews",
    (p) => sql`
      update ticket_reviews set comment = 'erased', agent_reply = case when agent_reply is not null then 'erased' end,
        version = version + 1
      where organization_id = ${p.organizationId} and agent_id = ${p.userId}::uuid`,
  ),
  // What somebody typed who forgot a password; what failed may tell the address too.
  wipe<Account>(
    "pgboss.job",
    (p) => sql`
      delete from pgboss.job where data ->> 'organizationId' = ${p.organizationId}::text
        and (lower(trim(data ->> 'email')) = ${p.email}::text or strpos(lower(output::text), ${p.email}::text) > 0)`,
  ),
];

/** Some of what a person was told: who works in a large queue was told of each ticket of half a year. */
export const deleteNotificationsOf = command<{ userId: string; limit: number }, { id: string }>(
  (p) => sql`
    delete from notifications where organization_id = ${p.organizationId} and id in (
      select id from notifications
      where organization_id = ${p.organizationId} and user_id = ${p.userId}::uuid limit ${p.limit}::int)
    returning id`,
);
