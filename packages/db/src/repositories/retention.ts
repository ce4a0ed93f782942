import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Instant, RetentionKind } from "@helpdesk/domain";
import { type Params, command, globalQuery, query } from "../statement.ts";

export interface RetentionRow {
  kind: RetentionKind;
  keepDays: number | null;
  exceptTag: { id: string; name: string } | null;
  setBy: { id: string; name: string };
  setAt: Instant;
  version: number;
  ranAt: Instant | null;
  lastCounts: Record<string, number>;
}

/** Those that were ever set. */
export const listRetentionRules = query<Record<never, never>, RetentionRow>(
  (p) => sql`
    select r.kind, r.keep_days as "keepDays", r.set_at as "setAt", r.version, r.ran_at as "ranAt",
      r.last_counts as "lastCounts", jsonb_build_object('id', u.id, 'name', u.name) as "setBy",
      (select jsonb_build_object('id', g.id, 'name', g.name) from tags g
        where g.organization_id = ${p.organizationId} and g.id = r.except_tag_id) as "exceptTag"
    from retention_rules r join users u on u.organization_id = ${p.organizationId} and u.id = r.set_by_id
    where r.organization_id = ${p.organizationId}`,
);

export const lockRetentionRule = command<
  { kind: RetentionKind },
  { version: number } & Pick<ClaimedRetention, "setById" | "counts"> & Pick<RetentionRow, "keepDays">
>(
  (p) => sql`
    select version, keep_days as "keepDays", set_by_id as "setById", counts from retention_rules
    where organization_id = ${p.organizationId} and kind = ${p.kind} for update`,
);

interface RetentionValues {
  kind: RetentionKind;
  keepDays: number | null;
  exceptTagId: string | null;
  setById: string;
  /** One more than the version that was read. */
  version: number;
  at: Instant;
}

/** None where somebody else has set it just before. A run that is under way ends with it. */
export const writeRetentionRule = command<RetentionValues, { version: number }>(
  (p) => sql`
    insert into retention_rules (organization_id, kind, keep_days, except_tag_id, set_by_id, set_at, version, due_at)
    values (${p.organizationId}, ${p.kind}, ${p.keepDays}::int, ${p.exceptTagId}::uuid, ${p.setById}, ${p.at},
      ${p.version}::int, ${p.at})
    on conflict (organization_id, kind) do update set keep_days = excluded.keep_days,
      except_tag_id = excluded.except_tag_id, set_by_id = excluded.set_by_id, set_at = excluded.set_at,
      version = excluded.version, due_at = excluded.due_at, attempts = 0, counts = '{}',
      last_counts = case when retention_rules.counts = '{}' then retention_rules.last_counts else retention_rules.counts end,
      ran_at = case when retention_rules.counts = '{}' then retention_rules.ran_at else excluded.set_at end
      where retention_rules.version = excluded.version - 1
    returning version`,
);

export interface ClaimedRetention {
  keepDays: number;
  exceptTagId: string | null;
  setById: string;
  attempts: number;
  counts: Record<string, number>;
}

/** Over all organizations: rules that are due, some of them perhaps with a worker at them. */
export const listDueRetention = globalQuery<
  { now: Instant },
  { organizationId: string; kind: RetentionKind }
>(
  (p) => sql`
    select organization_id as "organizationId", kind from retention_rules
    where keep_days is not null and due_at <= ${p.now}::timestamptz order by due_at limit 20`,
);

/** One that is due and that no worker is at: it is this one's until the unit ends. */
export const claimRetention = command<{ kind: RetentionKind; now: Instant }, ClaimedRetention>(
  (p) => sql`
    select keep_days as "keepDays", except_tag_id as "exceptTagId", set_by_id as "setById", attempts, counts
    from retention_rules
    where organization_id = ${p.organizationId} and kind = ${p.kind} and keep_days is not null
      and due_at <= ${p.now}::timestamptz
    for update skip locked`,
);

/** How far a claimed rule has come. */
export const keepRetentionProgress = command<{ kind: RetentionKind; counts: string; dueAt: Instant }, never>(
  (p) => sql`
    update retention_rules set counts = (${p.counts}::text)::jsonb, attempts = 0, due_at = ${p.dueAt}
    where organization_id = ${p.organizationId} and kind = ${p.kind}`,
);

export const finishRetention = command<
  { kind: RetentionKind; counts: string; at: Instant; dueAt: Instant },
  never
>(
  (p) => sql`
    update retention_rules set counts = '{}', last_counts = (${p.counts}::text)::jsonb, ran_at = ${p.at}, attempts = 0,
      due_at = ${p.dueAt}
    where organization_id = ${p.organizationId} and kind = ${p.kind}`,
);

/** After a failure: nobody tries again before then. */
export const putOffRetention = command<{ kind: RetentionKind; dueAt: Instant }, never>(
  (p) => sql`
    update retention_rules set attempts = attempts + 1, due_at = ${p.dueAt}
    where organization_id = ${p.organizationId} and kind = ${p.kind}`,
);

interface Due {
  before: Instant;
  exceptTagId: string | null;
}

/** A closed ticket called `t` that nothing keeps: no tag, and no ticket it goes on in that is open or was closed later. */
const isOver = (p: Params<Due>): SQL => sql`
  t.organization_id = ${p.organizationId} and t.closed_at < ${p.before}::timestamptz and not t.is_simulated
  and not exists (select from ticket_tags g where g.organization_id = ${p.organizationId} and g.ticket_id = t.id
    and g.tag_id = ${p.exceptTagId}::uuid)
  and (t.merged_into_id is null or not exists (
    with recursive up as (
      select m.id, m.merged_into_id, m.closed_at from tickets m
      where m.organization_id = ${p.organizationId} and m.id = t.merged_into_id
      union
      select m.id, m.merged_into_id, m.closed_at from up join tickets m
        on m.organization_id = ${p.organizationId} and m.id = up.merged_into_id)
    select from up where up.closed_at is null or up.closed_at >= ${p.before}::timestamptz or exists (
      select from ticket_tags g where g.organization_id = ${p.organizationId} and g.ticket_id = up.id
        and g.tag_id = ${p.exceptTagId}::uuid)))`;

const hasTexts = sql.raw("(t.erased_at is null or t.erased_at < t.closed_at)");

/**
 * Closed tickets whose texts are due, locked, in the order of their ids. Who waited for a lock knows the ticket as it was
 * before: `listOver` says which of them are still over.
 */
export const lockTicketsToErase = command<Due & { limit: number }, { id: string }>(
  (p) => sql`
    with due as materialized (
      select t.id from tickets t where ${isOver(p)} and ${hasTexts} order by t.closed_at, t.id limit ${p.limit}::int)
    select t.id from tickets t
    where t.organization_id = ${p.organizationId} and t.id in (select id from due) order by t.id for update`,
);

/** Of locked tickets those that nothing keeps. */
export const listOver = command<Due & { ticketIds: string }, { id: string }>(
  (p) => sql`
    select t.id from tickets t
    where ${isOver(p)} and t.id in (select jsonb_array_elements_text((${p.ticketIds}::text)::jsonb)::uuid)
    order by t.id`,
);

export const markErased = command<{ ticketIds: string; at: Instant }, never>(
  (p) => sql`
    update tickets set erased_at = ${p.at}
    where organization_id = ${p.organizationId}
      and id in (select jsonb_array_elements_text((${p.ticketIds}::text)::jsonb)::uuid)`,
);

/** Closed tickets that have files which are due, locked as `lockTicketsToErase` does. */
export const listTicketsWithFiles = command<Due & { limit: number }, { id: string }>(
  (p) => sql`
    select t.id from tickets t where ${isOver(p)} and exists (
      select from attachments a where a.organization_id = ${p.organizationId} and a.ticket_id = t.id)
    order by t.id limit ${p.limit}::int for update of t`,
);

const isSettled = (organizationId: SQLWrapper, before: SQLWrapper): SQL => sql`
  m.organization_id = ${organizationId} and m.state not in ('received', 'held') and m.received_at < ${before}::timestamptz`;

const hasRaw = sql.raw("m.storage_key <> ''");
/** Whose raw mail went with somebody whom it named. An emptied one is from nowhere. */
const hasTextsOnly = sql.raw("m.storage_key = '' and m.from_address is not null");

/** Mails that wait for nobody and are due. */
export const listMailsToEmpty = command<{ before: Instant; limit: number }, { id: string }>(
  (p) => sql`
    select m.id from inbound_mails m where m.organization_id = ${p.organizationId} and m.id in (
      (select m.id from inbound_mails m where ${isSettled(p.organizationId, p.before)} and ${hasRaw}
        order by m.received_at, m.id limit ${p.limit}::int)
      union all
      (select m.id from inbound_mails m where ${isSettled(p.organizationId, p.before)} and ${hasTextsOnly}
        limit ${p.limit}::int)
      limit ${p.limit}::int)
    order by m.id for update`,
);

export const deleteOldNotifications = command<{ before: Instant; limit: number }, { id: string }>(
  (p) => sql`
    delete from notifications where organization_id = ${p.organizationId} and id in (
      select id from notifications
      where organization_id = ${p.organizationId} and created_at < ${p.before}::timestamptz limit ${p.limit}::int)
    returning id`,
);

type Counting = Due & { before: Instant };

/** How much of a kind a rule would let go now. */
export const countRetained: Readonly<
  Record<RetentionKind, ReturnType<typeof query<Counting, { count: number }>>>
> = {
  tickets: query((p) => sql`select count(*)::int as count from tickets t where ${isOver(p)} and ${hasTexts}`),
  files: query(
    (p) => sql`
      select count(*)::int as count from attachments a
      join tickets t on t.organization_id = ${p.organizationId} and t.id = a.ticket_id
      where a.organization_id = ${p.organizationId} and ${isOver(p)}`,
  ),
  mails: query(
    (p) => sql`
      select count(*)::int as count from inbound_mails m where ${isSettled(p.organizationId, p.before)}
        and ((${hasRaw}) or (${hasTextsOnly})) and (${p.exceptTagId}::uuid is null or true)`,
  ),
  notifications: query(
    (p) => sql`
      select count(*)::int as count from notifications
      where organization_id = ${p.organizationId} and created_at < ${p.before}::timestamptz
        and (${p.exceptTagId}::uuid is null or true)`,
  ),
};
