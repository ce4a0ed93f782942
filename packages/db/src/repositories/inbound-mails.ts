import { type SQL, sql } from "drizzle-orm";
import type { InboundMailState, Instant, MailRules } from "@helpdesk/domain";
import type { MailEnvelope, MailRelease, RefusedFile } from "../schema/inbound-mails.ts";
import { tellOfNotifications } from "./events.ts";
import { command, globalCommand, query } from "../statement.ts";

export interface NewInboundMail {
  id: string;
  sha256: string;
  sizeBytes: number;
  storageKey: string;
  /** A JSON object. */
  envelope: string;
  at: Instant;
}

/** A mail as it came. No row where it had come before: then that one stands, for these recipients too. */
export const insertInboundMail = command<NewInboundMail, { id: string }>(
  (p) => sql`
    insert into inbound_mails (organization_id, id, sha256, size_bytes, storage_key, envelope, due_at, received_at)
    values (${p.organizationId}, ${p.id}, ${p.sha256}, ${p.sizeBytes}, ${p.storageKey}, (${p.envelope}::text)::jsonb,
      ${p.at}, ${p.at})
    on conflict (organization_id, sha256) do nothing
    returning id`,
);

export interface ClaimedMail {
  organizationId: string;
  id: string;
  storageKey: string;
  sizeBytes: number;
  envelope: MailEnvelope;
  release: MailRelease | null;
  attempts: number;
  receivedAt: Instant;
}

/** Some mails that are due, over all organizations, for whoever asks until `until`. */
export const claimInboundMails = globalCommand<{ now: Instant; until: Instant; limit: number }, ClaimedMail>(
  (p) => sql`
    with due as materialized (
      select organization_id, id from inbound_mails where state = 'received' and due_at <= ${p.now}::timestamptz
      order by due_at limit ${p.limit}::int for update skip locked)
    update inbound_mails m set due_at = ${p.until}::timestamptz, attempts = m.attempts + 1
    from due where m.organization_id = due.organization_id and m.id = due.id
    returning m.organization_id as "organizationId", m.id, m.storage_key as "storageKey", m.size_bytes as "sizeBytes",
      m.envelope, m.release, m.attempts, m.received_at as "receivedAt"`,
);

/** A claimed mail that nobody else has claimed or decided on since, locked until the unit ends. */
export const holdClaimedMail = command<{ id: string; attempts: number }, { id: string }>(
  (p) => sql`
    select id from inbound_mails
    where organization_id = ${p.organizationId} and id = ${p.id} and state = 'received' and attempts = ${p.attempts}
    for update`,
);

/** Lets mails of one sender wait for each other: they are counted, and make one person of one address. */
export const holdSender = command<{ address: string }, never>(
  (p) => sql`
    select pg_advisory_xact_lock(hashtextextended('mail from ' || ${p.address}::text, 0))
    where ${p.organizationId}::uuid is not null`,
);

/** A claimed mail that could not be taken, for another attempt. */
export const putOffMail = command<{ id: string; attempts: number; dueAt: Instant }, never>(
  (p) => sql`
    update inbound_mails set due_at = ${p.dueAt}
    where organization_id = ${p.organizationId} and id = ${p.id} and state = 'received' and attempts = ${p.attempts}`,
);

export interface MailOutcome {
  id: string;
  state: InboundMailState;
  reason: string | null;
  fromAddress: string | null;
  fromName: string | null;
  subject: string | null;
  messageId: string | null;
  body: string | null;
  userId: string | null;
  isProven: boolean;
  ticketId: string | null;
  commentId: string | null;
  /** A JSON object. */
  refused: string;
  at: Instant;
}

/** What became of a mail that is held for it. */
export const settleMail = command<MailOutcome, never>(
  (p) => sql`
    update inbound_mails set state = ${p.state}, reason = ${p.reason}::text, from_address = ${p.fromAddress}::text,
      from_name = ${p.fromName}::text, subject = ${p.subject}::text, message_id = ${p.messageId}::text,
      body = ${p.body}::text, user_id = ${p.userId}::uuid, is_proven = ${p.isProven}, ticket_id = ${p.ticketId}::uuid,
      comment_id = ${p.commentId}::uuid, refused = (${p.refused}::text)::jsonb, taken_at = ${p.at}::timestamptz,
      version = version + 1
    where organization_id = ${p.organizationId} and id = ${p.id}`,
);

export interface SenderRow {
  id: string;
  name: string;
  isActive: boolean;
  isService: boolean;
  roleKey: string;
  permissions: string[];
  departmentIds: string[];
}

const sender = (organizationId: SQL) => sql`
  select u.id, u.name, u.deactivated_at is null as "isActive", u.is_service as "isService", r.key as "roleKey",
    r.permissions, array(select m.department_id::text from department_members m
      where m.organization_id = ${organizationId} and m.user_id = u.id
      union select d.id::text from departments d
      where d.organization_id = ${organizationId} and d.manager_id = u.id) as "departmentIds"
  from users u join roles r on r.organization_id = ${organizationId} and r.id = u.role_id
  where u.organization_id = ${organizationId} and not u.is_simulated`;

/** Whose address it is, with what they may. */
export const findSender = query<{ email: string }, SenderRow>(
  (p) => sql`${sender(sql`${p.organizationId}`)} and u.email = ${p.email}`,
);

/** A person with what they may. */
export const findSpeaker = query<{ userId: string }, SenderRow>(
  (p) => sql`${sender(sql`${p.organizationId}`)} and u.id = ${p.userId}`,
);

/** The people behind some addresses. */
export const listPeopleBehind = query<{ emails: string }, { id: string }>(
  (p) => sql`
    select id from users
    where organization_id = ${p.organizationId} and email = any((${p.emails}::text)::text[]) and not is_simulated
      and deactivated_at is null
    order by id limit 50`,
);

export interface SendingRow {
  /** Mails of the address since `since`, but for this one and those that machines sent. */
  count: number;
  /** Those of them that prove whom they speak for, which nobody else can send. */
  proven: number;
  /** Whether a mail of this id has been made a ticket or reply of already. */
  isKnown: boolean;
}

/** How much an address has sent lately. */
export const findSending = query<
  { id: string; email: string; messageId: string | null; since: Instant },
  SendingRow
>(
  (p) => sql`
    select count(*)::int as count, count(*) filter (where is_proven)::int as proven,
      exists (
        select from inbound_mails
        where organization_id = ${p.organizationId} and message_id = ${p.messageId}::text and from_address = ${p.email}
          and id <> ${p.id}::uuid and state in ('opened', 'replied')) as "isKnown"
    from inbound_mails
    where organization_id = ${p.organizationId} and from_address = ${p.email} and received_at > ${p.since}::timestamptz
      and id <> ${p.id}::uuid and state <> 'ignored'`,
);

/** The tickets of some numbers. `numbers` is an array literal. */
export const findTicketsByNumber = query<{ numbers: string }, { id: string; number: number }>(
  (p) => sql`
    select id, number from tickets
    where organization_id = ${p.organizationId} and number = any((${p.numbers}::text)::int[]) and not is_simulated
      and archived_at is null`,
);

export interface MailRulesRow extends MailRules {
  slug: string;
  customerRoleId: string;
}

/** By which rules an organization takes mail. */
export const findMailRules = query<Record<never, never>, MailRulesRow>(
  (p) => sql`
    select o.slug, o.mail_senders as senders, o.acknowledges_mail as acknowledges, r.id as "customerRoleId"
    from organizations o join roles r on r.organization_id = ${p.organizationId} and r.key = 'customer'
    where o.id = ${p.organizationId}`,
);

/** Where tickets go that come by one of these addresses: the first of them that says so. */
export const findMailDepartment = query<{ localParts: string }, { departmentId: string }>(
  (p) => sql`
    select a.department_id as "departmentId" from mail_addresses a
    join departments d on d.organization_id = ${p.organizationId} and d.id = a.department_id and d.archived_at is null
    where a.organization_id = ${p.organizationId} and a.local_part = any((${p.localParts}::text)::text[])
    order by array_position((${p.localParts}::text)::text[], a.local_part) limit 1`,
);

/** Tells somebody that a mail of theirs became a ticket. */
export const tellOfReceipt = command<{ id: string; userId: string; ticketId: string; at: Instant }, never>(
  (p) => sql`
    with told as (
      insert into notifications (organization_id, id, user_id, kind, ticket_id, created_at)
      values (${p.organizationId}, ${p.id}, ${p.userId}, 'ticket_received', ${p.ticketId}, ${p.at})
      returning id, user_id)
    ${tellOfNotifications(p.organizationId, p.at)}`,
);

export type { MailEnvelope, MailRelease, RefusedFile };
