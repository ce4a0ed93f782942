import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { InboundMailState, Instant, TicketScope } from "@helpdesk/domain";
import type { MailEnvelope, RefusedFile } from "../schema/inbound-mails.ts";
import { type Params, command, query, shaped } from "../statement.ts";
import { ccIdsOf, inCopyOf } from "./ticket-cc.ts";

export interface InboundMailSummaryRow {
  id: string;
  state: InboundMailState;
  reason: string | null;
  fromAddress: string | null;
  fromName: string | null;
  subject: string | null;
  recipients: string[];
  sizeBytes: number;
  isProven: boolean;
  person: { id: string; name: string } | null;
  ticket: { id: string; number: number } | null;
  commentId: string | null;
  receivedAt: Instant;
  version: number;
}

const summary = (organizationId: SQLWrapper): SQL => sql`
  m.id, m.state, m.reason, m.from_address as "fromAddress", m.from_name as "fromName", m.subject,
  m.envelope -> 'recipients' as recipients, m.size_bytes as "sizeBytes", m.is_proven as "isProven",
  (select jsonb_build_object('id', u.id, 'name', u.name) from users u
    where u.organization_id = ${organizationId} and u.id = m.user_id) as person,
  case when t.id is not null then jsonb_build_object('id', t.id, 'number', t.number) end as ticket,
  m.comment_id as "commentId", m.received_at as "receivedAt", m.version`;

const from = (organizationId: SQLWrapper): SQL => sql`
  from inbound_mails m left join tickets t on t.organization_id = ${organizationId} and t.id = m.ticket_id
  where m.organization_id = ${organizationId}`;

export interface MailListing {
  readerId: string;
  departmentIds: string;
  /** Whether the reader sees what is on no ticket. */
  isManager: boolean;
  seesNotes: boolean;
  /** Looked at only where mails of one ticket are listed. */
  ticketId: string | null;
  beforeAt: Instant;
  beforeId: string;
  limit: number;
}

/** Which mails are listed: each has a statement of its own, so that none is planned for all of them. */
interface ListedMails {
  scope: Exclude<TicketScope, "none">;
  state: InboundMailState | null;
  isOfTicket: boolean;
}

type Slots = Params<MailListing>;

/** `canSee` and not on the customer's side, for a ticket called `t`. */
const worksOn: Record<Exclude<TicketScope, "none">, (p: Slots) => SQL> = {
  organization: () => sql`true`,
  departments: (
    p,
  ) => sql`(t.department_id is null or t.department_id = any((${p.departmentIds}::text)::uuid[])
    or t.assignee_id = ${p.readerId}::uuid)`,
  own: () => sql`false`,
};

/** Mails that a reader of tickets may see, the latest first, from a position on. */
export const listInboundMails = ({ scope, state, isOfTicket }: ListedMails) =>
  listing(`${scope} ${state ?? "any"} ${isOfTicket}`);

const listing = shaped((shape: string) => {
  const [scope, state, isOfTicket] = shape.split(" ") as [ListedMails["scope"], string, string];
  return query<MailListing, InboundMailSummaryRow>(
    (p) => sql`
      select ${summary(p.organizationId)} ${from(p.organizationId)}
        and ${sql.raw(state === "any" ? "true" : `m.state = '${state}'`)}
        and ${isOfTicket === "true" ? sql`m.ticket_id = ${p.ticketId}::uuid` : sql`true`}
        and (m.received_at, m.id) < (${p.beforeAt}::timestamptz, ${p.beforeId}::uuid)
        and (m.ticket_id is null and ${p.isManager}::boolean
          or m.ticket_id is not null and ${p.seesNotes}::boolean and ${worksOn[scope](p)} and t.customer_id <> ${p.readerId}::uuid
            and t.id <> all(${inCopyOf(p.organizationId, p.readerId)}))
      order by m.received_at desc, m.id desc limit ${p.limit}::int`,
  );
});

/** How many mails wait for somebody, `limit` at most, and since when the first does. */
export const countHeldMails = query<{ limit: number }, { count: number; oldestAt: Instant | null }>(
  (p) => sql`
    select count(*)::int as count, min(received_at) as "oldestAt" from (
      select received_at from inbound_mails where organization_id = ${p.organizationId} and state = 'held'
      order by received_at, id limit ${p.limit}::int) held`,
);

export interface InboundMailRow extends InboundMailSummaryRow {
  body: string | null;
  sender: MailEnvelope["sender"];
  messageId: string | null;
  refusedFiles: RefusedFile[];
  storageKey: string;
  decidedBy: { id: string; name: string } | null;
  decidedAt: Instant | null;
  takenAt: Instant | null;
  belonging: {
    customerId: string;
    ccIds: string[];
    assigneeId: string | null;
    departmentId: string | null;
  } | null;
}

const whole = (organizationId: SQLWrapper): SQL => sql`
  ${summary(organizationId)}, m.body, m.envelope ->> 'sender' as sender, m.message_id as "messageId",
  m.refused -> 'files' as "refusedFiles", m.storage_key as "storageKey", m.decided_at as "decidedAt",
  m.taken_at as "takenAt",
  (select jsonb_build_object('id', u.id, 'name', u.name) from users u
    where u.organization_id = ${organizationId} and u.id = m.decided_by_id) as "decidedBy",
  case when t.id is not null then jsonb_build_object('customerId', t.customer_id, 'assigneeId', t.assignee_id,
    'departmentId', t.department_id, 'ccIds', to_jsonb(${ccIdsOf(organizationId)})) end as belonging`;

export const findInboundMail = query<{ id: string }, InboundMailRow>(
  (p) => sql`select ${whole(p.organizationId)} ${from(p.organizationId)} and m.id = ${p.id}`,
);

export const lockInboundMail = command<{ id: string }, InboundMailRow>(
  (p) => sql`
    select ${whole(p.organizationId)} ${from(p.organizationId)} and m.id = ${p.id} for update of m`,
);

/** Gives a mail that waits to the worker again, with what somebody decided. */
export const releaseMail = command<{ id: string; release: string; byId: string; at: Instant }, never>(
  (p) => sql`
    update inbound_mails set state = 'received', reason = null, release = (${p.release}::text)::jsonb, attempts = 0,
      due_at = ${p.at}::timestamptz, decided_by_id = ${p.byId}::uuid, decided_at = ${p.at}::timestamptz,
      version = version + 1
    where organization_id = ${p.organizationId} and id = ${p.id}`,
);

export const discardMail = command<{ id: string; byId: string; at: Instant }, never>(
  (p) => sql`
    update inbound_mails set state = 'discarded', decided_by_id = ${p.byId}::uuid, decided_at = ${p.at}::timestamptz,
      version = version + 1
    where organization_id = ${p.organizationId} and id = ${p.id}`,
);
