import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Change, Instant } from "@helpdesk/domain";
import { type Params, command, globalQuery, query } from "../statement.ts";

/** An event of the outbox, as far as open streams look at it. */
export interface OutboxRow {
  id: string;
  /** The number of the transaction that wrote it, in digits. */
  transactionId: string;
  organizationId: string;
  ticketId: string | null;
  /** Null for what only streams care for. */
  sequence: number | null;
  kind: string;
  at: Instant;
  /** Where a ticket came from, as far as that tells who saw it; empty for most. */
  changes: Record<string, Change>;
  /** Whose notifications it added to or changed. */
  toldIds: string[];
  /** The training session that it went on. */
  sessionId: string | null;
}

/** Rows that one look at the outbox takes at most. */
export const outboxPage = 1_000;

/** `xmin:xmax:running`, as PostgreSQL writes which transactions have ended. */
export type Snapshot = string;

export interface OutboxReading {
  /** What was ended then is known. */
  since: Snapshot;
  /** What was not ended then is not asked for; null for now. */
  until: Snapshot | null;
  /** The page before ended with these. */
  afterTransactionId: string;
  afterId: string;
}

/** Where the first page begins. */
export const outboxBeginning = {
  until: null,
  afterTransactionId: "0",
  afterId: "00000000-0000-0000-0000-000000000000",
} as const;

const columns = sql.raw(`
  e.id, e.transaction_id::text as "transactionId", e.organization_id as "organizationId", e.ticket_id as "ticketId",
  e.sequence, e.kind, e.at,
  case when e.kind in ('department_changed', 'assignee_changed', 'cc_changed')
    then e.data -> 'changes' else '{}'::jsonb end as changes,
  coalesce(e.data -> 'toldIds', '[]'::jsonb) as "toldIds", e.data ->> 'sessionId' as "sessionId"`);

/** What only streams care for: whose notifications changed, that a session went on, or who is at a ticket. */
export type SignalKind = "notifications_changed" | "session_went_on" | "presence_changed";

/** Tells streams of notifications that a CTE has written, called `told`: each has its event. */
export const tellOfNotifications = (organizationId: SQLWrapper, at: SQLWrapper): SQL => sql`
  insert into events (organization_id, id, kind, data, at)
  select ${organizationId}::uuid, told.id, 'notifications_changed', jsonb_build_object('toldIds', jsonb_build_array(told.user_id)),
    ${at}::timestamptz
  from told`;

/** Tells a person's streams that some of their notifications are read. */
export const tellOfReading = command<{ id: string; userId: string; at: Instant }, never>(
  (p) => sql`
    insert into events (organization_id, id, kind, data, at)
    values (${p.organizationId}, ${p.id}, 'notifications_changed',
      jsonb_build_object('toldIds', jsonb_build_array(${p.userId}::text)), ${p.at})`,
);

const committed = (p: Params<OutboxReading>) => sql`
  e.transaction_id >= pg_snapshot_xmin(${p.since}::pg_snapshot)
  and (e.transaction_id, e.id) > (${p.afterTransactionId}::xid8, ${p.afterId}::uuid)
  and not pg_visible_in_snapshot(e.transaction_id, ${p.since}::pg_snapshot)
  and coalesce(pg_visible_in_snapshot(e.transaction_id, ${p.until}::pg_snapshot), true)
  order by e.transaction_id, e.id limit ${sql.raw(String(outboxPage))}`;

/**
 * Over all organizations: a page of the events that were committed between two moments, and the moment of this reading.
 * A moment is a snapshot and no number: transactions do not end in the order they began in, and yet none is missed or
 * met twice.
 */
export const readOutbox = globalQuery<
  OutboxReading,
  { [K in keyof OutboxRow]: OutboxRow[K] | null } & { snapshot: Snapshot }
>(
  (p) => sql`
    select now.snapshot::text as snapshot, e.*
    from (select pg_current_snapshot() as snapshot) now
    left join lateral (select ${columns} from events e where ${committed(p)}) e on true`,
);

/** One organization's, as `readOutbox`. */
export const listEvents = query<OutboxReading, OutboxRow>(
  (p) => sql`
    select ${columns} from events e where e.organization_id = ${p.organizationId} and ${committed(p)}`,
);

/** The transaction of the oldest event that is kept; no row where there is none. */
export const findOldestEvent = globalQuery<{}, { transactionId: string }>(
  () => sql`
    select transaction_id::text as "transactionId" from events order by transaction_id, id limit 1`,
);

export const findSnapshot = globalQuery<{}, { snapshot: Snapshot }>(
  () => sql`select pg_current_snapshot()::text as snapshot`,
);
