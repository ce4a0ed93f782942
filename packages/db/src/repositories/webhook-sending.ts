import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { type DeliveryProblem, type Instant, webhookLimits } from "@helpdesk/domain";
import { recordset } from "../sql.ts";
import { command, globalCommand, globalQuery, query } from "../statement.ts";
import { type Snapshot, outboxBeginning } from "./events.ts";

export interface OutboxCursor {
  since: Snapshot;
  until: Snapshot | null;
  afterTransactionId: string;
  afterId: string;
}

/** Starts a reading of the whole outbox here and now, unless it has been started. */
export const startOutboxCursor = globalCommand<{ name: string }, never>(
  (p) => sql`
    insert into outbox_cursors (name, since, after_transaction_id, after_id)
    select ${p.name}::text, pg_current_snapshot()::text, ${outboxBeginning.afterTransactionId}::text,
      ${outboxBeginning.afterId}::uuid
    on conflict (name) do nothing`,
);

export const hasOutboxCursor = globalQuery<{ name: string }, { name: string }>(
  (p) => sql`select name from outbox_cursors where name = ${p.name}`,
);

/** The cursor, for one reader at a time; no row where another is at it. */
export const takeOutboxCursor = globalCommand<{ name: string }, OutboxCursor>(
  (p) => sql`
    select since, until, after_transaction_id as "afterTransactionId", after_id as "afterId"
    from outbox_cursors where name = ${p.name} for update skip locked`,
);

export const moveOutboxCursor = globalCommand<OutboxCursor & { name: string }, never>(
  (p) => sql`
    update outbox_cursors set since = ${p.since}, until = ${p.until}::text,
      after_transaction_id = ${p.afterTransactionId}, after_id = ${p.afterId}::uuid
    where name = ${p.name}`,
);

/** The webhooks of some organizations that are switched on, held on until the transaction ends. */
export const holdWebhooks = globalCommand<
  { organizationIds: string },
  { organizationId: string; id: string; eventKinds: string[]; activeSince: Instant }
>(
  (p) => sql`
    select organization_id as "organizationId", id, event_kinds as "eventKinds", active_since as "activeSince"
    from webhooks where organization_id = any(${p.organizationIds}::uuid[]) and is_active
    order by organization_id, id for share`,
);

/** Deliveries with the lanes that they go by. Those there are already are left as they are. `rows` is a JSON array. */
export const insertDeliveries = globalCommand<{ rows: string }, never>(
  (p) => sql`
    with made as (
      insert into webhook_deliveries (organization_id, id, webhook_id, event_id, subject_id, sequence, kind, event_at,
        state, created_at, give_up_at)
      select r."organizationId", r.id, r."webhookId", r."eventId", r."subjectId", r.sequence, r.kind, r."eventAt",
        'pending', r.at, r."giveUpAt"
      from ${recordset(
        p.rows,
        `"organizationId" uuid, id uuid, "webhookId" uuid, "eventId" uuid, "subjectId" uuid, sequence int, kind text,
         "eventAt" timestamptz, at timestamptz, "giveUpAt" timestamptz`,
      )}
      on conflict (organization_id, webhook_id, event_id) do nothing
      returning organization_id, webhook_id, subject_id, kind, created_at)
    insert into webhook_lanes (organization_id, webhook_id, subject_id, is_ping, due_at)
    select distinct organization_id, webhook_id, subject_id, kind = 'ping', created_at from made order by 1, 2, 3
    on conflict (organization_id, webhook_id, subject_id) do update set due_at = webhook_lanes.due_at`,
);

/** Which webhooks have something due, whatever else waits: one jump in the index for each. */
export const findDueWebhooks = globalQuery<{ now: Instant }, { organizationId: string; webhookId: string }>(
  (p) => sql`
    with recursive each as (
      (select organization_id, webhook_id from webhook_lanes order by organization_id, webhook_id limit 1)
      union all
      select next.* from each, lateral (
        select l.organization_id, l.webhook_id from webhook_lanes l
        where (l.organization_id, l.webhook_id) > (each.organization_id, each.webhook_id)
        order by l.organization_id, l.webhook_id limit 1) next)
    select organization_id as "organizationId", webhook_id as "webhookId" from each
    where exists (select from webhook_lanes l where l.organization_id = each.organization_id
      and l.webhook_id = each.webhook_id and l.due_at <= ${p.now}::timestamptz)`,
);

/** A webhook for whoever claims of its lanes; no row where another does. */
export const takeWebhook = command<{ id: string }, { isActive: boolean; failingSince: Instant | null }>(
  (p) => sql`
    select is_active as "isActive", failing_since as "failingSince" from webhooks
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid for no key update skip locked`,
);

/** Claims lanes that are due, as many as are wanted and as may be under way at once. */
export const claimLanes = command<
  {
    webhookId: string;
    /** Of one that is switched off only pings go. */
    isActive: boolean;
    claimId: string;
    wanted: number;
    atOnce: number;
    now: Instant;
    until: Instant;
  },
  { subjectId: string }
>(
  (p) => sql`
    with due as materialized (
      select subject_id from webhook_lanes
      where organization_id = ${p.organizationId} and webhook_id = ${p.webhookId}::uuid and due_at <= ${p.now}::timestamptz
        and (${p.isActive}::boolean or is_ping)
      order by due_at limit least(${p.wanted}::int, greatest(0, ${p.atOnce}::int - (
        select count(*)::int from webhook_lanes where organization_id = ${p.organizationId}
          and webhook_id = ${p.webhookId}::uuid and claim_id is not null and due_at > ${p.now}::timestamptz)))
      for update skip locked)
    update webhook_lanes set claim_id = ${p.claimId}::uuid, due_at = ${p.until}::timestamptz
    where organization_id = ${p.organizationId} and webhook_id = ${p.webhookId}::uuid and subject_id = any(array(select subject_id from due))
    returning subject_id as "subjectId"`,
);

/** What tells a lane that is claimed. */
export interface ClaimedLane {
  webhookId: string;
  subjectId: string;
  claimId: string;
}

const claimed = (p: Record<"organizationId" | keyof ClaimedLane, SQLWrapper>): SQL => sql`
  organization_id = ${p.organizationId} and webhook_id = ${p.webhookId}::uuid and subject_id = ${p.subjectId}::uuid
  and claim_id = ${p.claimId}::uuid`;

export interface NextDelivery {
  id: string;
  eventId: string;
  kind: string;
  sequence: number;
  eventAt: Instant;
  giveUpAt: Instant;
  body: string | null;
  url: string;
  includesNotes: boolean;
  sealedSecret: Uint8Array;
  previousSealedSecret: Uint8Array | null;
  previousSecretEndsAt: Instant | null;
}

/** No attempt of a delivery `d` is made after that: what waits while its webhook `w` is off is tried as long as what is new. */
export const GIVE_UP_AT = `greatest(d.give_up_at, w.active_since + interval '${webhookLimits.tryForSeconds} seconds')`;

/** The first delivery of a lane with all that sending takes. */
export const findNextDelivery = query<{ webhookId: string; subjectId: string }, NextDelivery>(
  (p) => sql`
    select d.id, d.event_id as "eventId", d.kind, d.sequence, d.event_at as "eventAt", ${sql.raw(GIVE_UP_AT)} as "giveUpAt", d.body,
      w.url, w.includes_notes as "includesNotes", w.sealed_secret as "sealedSecret",
      w.previous_sealed_secret as "previousSealedSecret", w.previous_secret_ends_at as "previousSecretEndsAt"
    from webhook_deliveries d
    join webhooks w on w.organization_id = ${p.organizationId} and w.id = d.webhook_id
    where d.organization_id = ${p.organizationId} and d.webhook_id = ${p.webhookId}::uuid
      and d.subject_id = ${p.subjectId}::uuid and d.state = 'pending'
    order by d.sequence, d.id limit 1`,
);

/** Keeps what is about to be sent: every attempt sends the same. */
export const keepBody = command<{ id: string; body: string }, { body: string }>(
  (p) => sql`
    update webhook_deliveries set body = coalesce(body, ${p.body}::text)
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid returning body`,
);

/** A lane that one still has the claim of; no row where it was lost. */
export const lockLane = command<ClaimedLane, { failures: number }>(
  (p) => sql`select failures from webhook_lanes where ${claimed(p)} for update`,
);

export const insertAttempt = command<
  {
    id: string;
    deliveryId: string;
    at: Instant;
    durationMs: number;
    responseStatus: number | null;
    problem: DeliveryProblem | null;
    answer: string | null;
    /** Null where it is to be tried again. */
    state: "delivered" | "failed" | null;
    now: Instant;
  },
  never
>(
  (p) => sql`
    with attempt as (
      insert into webhook_attempts (organization_id, id, delivery_id, at, duration_ms, response_status, problem, answer)
      select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.deliveryId}::uuid, ${p.at}::timestamptz, ${p.durationMs}::int,
        ${p.responseStatus}::int, ${p.problem}::text, ${p.answer}::text)
    update webhook_deliveries set attempts = attempts + 1, state = coalesce(${p.state}::text, state),
      ended_at = case when ${p.state}::text is null then ended_at else ${p.now}::timestamptz end
    where organization_id = ${p.organizationId} and id = ${p.deliveryId}::uuid`,
);

/** Gives up the claim until the lane is due again. */
export const releaseLane = command<ClaimedLane & { dueAt: Instant; failures: number }, never>(
  (p) => sql`
    update webhook_lanes set claim_id = null, due_at = ${p.dueAt}::timestamptz, failures = ${p.failures}::int
    where ${claimed(p)}`,
);

/** Ends a lane that nothing is left of; a lane of which something is left stays. */
export const endLane = command<ClaimedLane, never>(
  (p) => sql`
    delete from webhook_lanes l where ${claimed(p)} and not exists (
      select from webhook_deliveries d where d.organization_id = ${p.organizationId} and d.webhook_id = l.webhook_id
        and d.subject_id = l.subject_id and d.state = 'pending')`,
);

/** Of a webhook that was switched off meanwhile. */
export const dropLane = command<ClaimedLane, never>(
  (p) => sql`delete from webhook_lanes where ${claimed(p)}`,
);

export const setFailingSince = command<{ id: string; failingSince: Instant | null }, never>(
  (p) => sql`
    update webhooks set failing_since = ${p.failingSince}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid`,
);
