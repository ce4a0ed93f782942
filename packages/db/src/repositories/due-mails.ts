import { type SQLWrapper, sql } from "drizzle-orm";
import type {
  Belonging,
  DigestRhythm,
  Instant,
  MailTemplateKey,
  NotificationKind,
  Preference,
  Visibility,
} from "@helpdesk/domain";
import { departmentsOf, recordset } from "../sql.ts";
import { command, globalQuery, query } from "../statement.ts";
import { preferencesOf } from "./notification-preferences.ts";
import { ccIdsOf } from "./ticket-cc.ts";

/** Due mails of one person that one look decides on at most: a digest has them all. */
export const duePage = 500;

const isDue = (p: { now: SQLWrapper; createdBefore: SQLWrapper }) => sql`
  n.mail_state = 'due' and coalesce(n.mail_due_at, n.created_at) <= ${p.now}::timestamptz
  and n.created_at <= ${p.createdBefore}::timestamptz`;

/** Over all organizations: people with mails that are due, those who wait longest first. */
export const findPeopleToMail = globalQuery<
  { now: Instant; createdBefore: Instant; limit: number },
  { organizationId: string; userId: string }
>(
  (p) => sql`
    select organization_id as "organizationId", user_id as "userId" from (
      select n.organization_id, n.user_id, coalesce(n.mail_due_at, n.created_at) as at from notifications n
      where ${isDue(p)} order by coalesce(n.mail_due_at, n.created_at) limit 500) due
    group by organization_id, user_id order by min(at), user_id limit ${p.limit}::int`,
);

/**
 * Takes the mails of a person who has settings for this unit alone, so that what goes into a digest comes together.
 * Where another unit has them, `isMine` is false.
 */
export const holdMailbox = command<{ userId: string }, { isMine: boolean }>(
  (p) => sql`
    with held as (
      select 1 from notification_settings
      where organization_id = ${p.organizationId} and user_id = ${p.userId} for update skip locked)
    select exists (select from held) or not exists (
      select from notification_settings where organization_id = ${p.organizationId} and user_id = ${p.userId}) as "isMine"`,
);

/** Locks a person's due mails that nobody is at. What they tell is read by a later statement. */
export const holdDueMails = command<{ userId: string; now: Instant; createdBefore: Instant }, { id: string }>(
  (p) => sql`
    select n.id from notifications n
    where n.organization_id = ${p.organizationId} and n.user_id = ${p.userId} and ${isDue(p)}
    order by n.id limit ${sql.raw(String(duePage))} for update of n skip locked`,
);

export interface RecipientRow {
  id: string;
  name: string;
  email: string;
  isReachable: boolean;
  roleKey: string;
  permissions: string[];
  departmentIds: string[];
  timeZone: string;
  /** Null where they have said nothing of it. */
  digest: DigestRhythm | null;
  digestHour: number;
  preferences: Preference[];
  organization: { slug: string; name: string };
  templates: { key: MailTemplateKey; subject: string; body: string }[];
}

/** Whom mails are for, with the words of their organization's mails. */
export const findRecipient = query<{ userId: string }, RecipientRow>(
  (p) => sql`
    select u.id, u.name, u.email, u.deactivated_at is null and not u.is_service and not u.is_simulated as "isReachable",
      r.key as "roleKey", r.permissions, ${departmentsOf(p.organizationId)} as "departmentIds",
      u.time_zone as "timeZone", s.digest, coalesce(s.digest_hour, 8) as "digestHour",
      ${preferencesOf(p.organizationId, sql`u.id`)} as preferences,
      jsonb_build_object('slug', o.slug, 'name', o.name) as organization,
      coalesce((select jsonb_agg(jsonb_build_object('key', m.key, 'subject', m.subject, 'body', m.body))
        from mail_templates m where m.organization_id = ${p.organizationId}), '[]') as templates
    from users u
    join organizations o on o.id = ${p.organizationId}
    join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    left join notification_settings s on s.organization_id = ${p.organizationId} and s.user_id = u.id
    where u.organization_id = ${p.organizationId} and u.id = ${p.userId}`,
);

/** A mail on a thread: of a notification, or what the person wrote by mail themselves. */
export type ThreadedMail = { id: string; messageId: null } | { id: null; messageId: string };

export interface DueMailRow {
  id: string;
  kind: NotificationKind;
  data: Record<string, unknown>;
  createdAt: Instant;
  readAt: Instant | null;
  attempts: number;
  actorName: string | null;
  ticket: (Belonging & { id: string; number: number; title: string; description: string }) | null;
  comment: { body: string; visibility: Visibility } | null;
  attachments: { id: string; name: string; sizeBytes: number }[];
  /** What went before on the person's thread, the newest first; what was written among colleagues is on none. */
  before: ThreadedMail[];
}

/** What some notifications tell as it is now, in the order they were made. */
export const findDueMails = query<{ ids: string }, DueMailRow>(
  (p) => sql`
    select n.id, n.kind, n.data, n.created_at as "createdAt", n.read_at as "readAt", n.mail_attempts as attempts,
      a.name as "actorName",
      case when t.id is null then null else jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title,
        'description', case when n.kind = 'ticket_created' then t.description else '' end,
        'customerId', t.customer_id, 'assigneeId', t.assignee_id, 'departmentId', t.department_id,
        'ccIds', ${ccIdsOf(p.organizationId)}) end as ticket,
      case when c.id is null then null else jsonb_build_object('body', c.body, 'visibility', c.visibility) end as comment,
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'sizeBytes', f.size_bytes) order by f.id)
        from attachments f
        where f.organization_id = ${p.organizationId} and f.ticket_id = n.ticket_id and f.state = 'ready'
          and f.attached_at is not null and f.comment_id is not distinct from c.id
          and (c.id is not null or n.kind = 'ticket_created')), '[]') as attachments,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'messageId', m.message_id) order by m.at desc)
        from (
          (select b.id, null as message_id, b.mailed_at as at from notifications b
            where b.organization_id = ${p.organizationId} and b.ticket_id = n.ticket_id and b.user_id = n.user_id
              and b.mail_state = 'sent' and not b.is_in_digest and b.id <> n.id
              and b.kind not in ('review_written', 'rating_received') and not exists (
                select from ticket_comments s where s.organization_id = ${p.organizationId} and s.ticket_id = b.ticket_id
                  and s.id = (b.data ->> 'commentId')::uuid and s.visibility = 'internal')
            order by b.mailed_at desc limit 10)
          union all
          (select null, i.message_id, i.received_at from inbound_mails i
            where i.organization_id = ${p.organizationId} and i.ticket_id = n.ticket_id and i.user_id = n.user_id
              and i.state in ('opened', 'replied') and i.message_id is not null
            order by i.received_at desc limit 10)) m), '[]') as before
    from notifications n
    left join tickets t on t.organization_id = ${p.organizationId} and t.id = n.ticket_id
    left join ticket_comments c on c.organization_id = ${p.organizationId} and c.ticket_id = n.ticket_id
      and c.id = (n.data ->> 'commentId')::uuid
    left join users a on a.organization_id = ${p.organizationId} and a.id = n.actor_id
    where n.organization_id = ${p.organizationId} and n.id = any((${p.ids}::text)::uuid[])
    order by n.created_at, n.id`,
);

/** The ids in a JSON array of rows: few, which a planner does not see in a recordset. */
const idsIn = (rows: SQLWrapper) =>
  sql`array(select (e ->> 'id')::uuid from jsonb_array_elements((${rows}::text)::jsonb) e)`;

/** What is decided of due mails: a JSON array. */
const planned = `id uuid, state text, "dueAt" timestamptz, "isAttempt" boolean, problem text`;

/** Writes what was decided of locked mails. An attempt counts when it begins. */
export const writeMailPlans = command<{ plans: string }, never>(
  (p) => sql`
    update notifications n set mail_state = r.state, mail_due_at = r."dueAt",
      mail_attempts = n.mail_attempts + r."isAttempt"::int, mail_problem = coalesce(r.problem, n.mail_problem)
    from ${recordset(p.plans, planned)}
    where n.organization_id = ${p.organizationId} and n.id = any(${idsIn(p.plans)}) and n.id = r.id`,
);

/** What came of an attempt; nothing is written where another worker has begun another one meanwhile. */
export const writeMailOutcomes = command<{ outcomes: string }, { id: string }>(
  (p) => sql`
    update notifications n set mail_state = r.state, mail_due_at = r."dueAt", mailed_at = r."mailedAt",
      is_in_digest = r."isInDigest", mail_problem = r.problem
    from ${recordset(
      p.outcomes,
      `id uuid, attempts int, state text, "dueAt" timestamptz, "mailedAt" timestamptz, "isInDigest" boolean, problem text`,
    )}
    where n.organization_id = ${p.organizationId} and n.id = any(${idsIn(p.outcomes)}) and n.id = r.id
      and n.mail_attempts = r.attempts
      and n.mail_state = 'due'
    returning n.id`,
);

export interface MailProblemRow {
  id: string;
  kind: NotificationKind;
  state: "due" | "failed";
  person: { id: string; name: string; email: string };
  ticket: (Belonging & { id: string; number: number; title: string }) | null;
  problem: string;
  attempts: number;
  dueAt: Instant | null;
  createdAt: Instant;
}

/** Mails whose last attempt failed, newest first, from a position on. */
export const listMailProblems = query<
  { state: "due" | "failed"; afterValue: string; afterId: string; limit: number },
  MailProblemRow
>(
  (p) => sql`
    select n.id, n.kind, n.mail_state as state, jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email) as person,
      case when t.id is null then null else jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title,
        'customerId', t.customer_id, 'assigneeId', t.assignee_id, 'departmentId', t.department_id,
        'ccIds', ${ccIdsOf(p.organizationId)}) end as ticket,
      n.mail_problem as problem, n.mail_attempts as attempts, n.mail_due_at as "dueAt", n.created_at as "createdAt"
    from (
      select n.* from notifications n
      where n.organization_id = ${p.organizationId} and n.mail_problem is not null and n.mail_state = ${p.state}::text
        and (n.created_at, n.id) < (${p.afterValue}::timestamptz, ${p.afterId}::uuid)
      order by n.created_at desc, n.id desc limit ${p.limit}::int) n
    join users u on u.organization_id = ${p.organizationId} and u.id = n.user_id
    left join tickets t on t.organization_id = ${p.organizationId} and t.id = n.ticket_id
    order by n.created_at desc, n.id desc`,
);

/** Has a mail that failed tried again from the beginning. */
export const retryMail = command<{ id: string; at: Instant }, { id: string }>(
  (p) => sql`
    update notifications set mail_state = 'due', mail_due_at = ${p.at}::timestamptz, mail_attempts = 0
    where organization_id = ${p.organizationId} and id = ${p.id} and mail_state = 'failed'
    returning id`,
);
