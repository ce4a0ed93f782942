import { sql } from "drizzle-orm";
import type { DeliveryProblem, DeliveryState, Instant } from "@helpdesk/domain";
import { isoInJson } from "../sql.ts";
import { type Params, command, query } from "../statement.ts";
import { GIVE_UP_AT } from "./webhook-sending.ts";

export interface DeliveryRow {
  id: string;
  eventId: string;
  /** Null of a ping. */
  ticketId: string | null;
  kind: string;
  eventAt: Instant;
  state: DeliveryState;
  attempts: number;
  createdAt: Instant;
  giveUpAt: Instant;
  endedAt: Instant | null;
  /** When it, or what goes before it, is tried next; null where nothing is under way. */
  nextAttemptAt: Instant | null;
}

export interface AttemptRow {
  at: Instant;
  durationMs: number;
  responseStatus: number | null;
  problem: DeliveryProblem | null;
  answer: string | null;
}

const columns =
  sql.raw(`d.id, d.event_id as "eventId", case when d.kind <> 'ping' then d.subject_id end as "ticketId",
  d.kind, d.event_at as "eventAt", d.state, d.attempts, d.created_at as "createdAt",
  case when d.state = 'pending' and d.kind <> 'ping' then ${GIVE_UP_AT} else d.give_up_at end as "giveUpAt",
  d.ended_at as "endedAt", case when d.state = 'pending' then l.due_at end as "nextAttemptAt"`);

const lane = (p: Params<unknown>) => sql`
  join webhooks w on w.organization_id = ${p.organizationId} and w.id = d.webhook_id and w.deleted_at is null
  left join webhook_lanes l on l.organization_id = ${p.organizationId} and l.webhook_id = d.webhook_id
    and l.subject_id = d.subject_id`;

/** A page of a webhook's deliveries, the newest first. */
export const listDeliveries = query<
  {
    webhookId: string;
    state: DeliveryState | null;
    ticketId: string | null;
    limit: number;
    afterAt: Instant | null;
    afterId: string | null;
  },
  DeliveryRow
>(
  (p) => sql`
    select ${columns} from webhook_deliveries d ${lane(p)}
    where d.organization_id = ${p.organizationId} and d.webhook_id = ${p.webhookId}::uuid
      and (${p.state}::text is null or d.state = ${p.state})
      and (${p.ticketId}::uuid is null or d.subject_id = ${p.ticketId}::uuid)
      and (${p.afterAt}::timestamptz is null or (d.created_at, d.id) < (${p.afterAt}::timestamptz, ${p.afterId}::uuid))
    order by d.created_at desc, d.id desc limit ${p.limit}::int`,
  // Which index is best depends on what is asked for.
  { isRare: true },
);

/** A delivery with its body and its latest attempts, oldest first. */
export const findDelivery = query<
  { webhookId: string; id: string },
  DeliveryRow & { body: string | null; url: string; tries: AttemptRow[] }
>(
  (p) => sql`
    select ${columns}, d.body, w.url,
      coalesce((select jsonb_agg(jsonb_build_object('at', ${isoInJson("a.at")}, 'durationMs', a.duration_ms,
          'responseStatus', a.response_status, 'problem', a.problem, 'answer', a.answer) order by a.at, a.id)
        from (select * from webhook_attempts a where a.organization_id = ${p.organizationId} and a.delivery_id = d.id
          order by a.at desc, a.id desc limit 100) a), '[]') as tries
    from webhook_deliveries d ${lane(p)}
    where d.organization_id = ${p.organizationId} and d.webhook_id = ${p.webhookId}::uuid and d.id = ${p.id}::uuid`,
);

/** What is sent again: from here on as a new one, in its place before what follows it. */
const again = (p: Params<{ webhookId: string; at: Instant; giveUpAt: Instant }>) => sql`
  set state = 'pending', ended_at = null, give_up_at = ${p.giveUpAt}::timestamptz
  where organization_id = ${p.organizationId} and webhook_id = ${p.webhookId}::uuid and id in (select id from chosen)
  returning subject_id, kind`;

/** Whatever waits there is due now, but what is on its way. A webhook that is switched off has no lanes but for pings. */
const due = (p: Params<{ webhookId: string; at: Instant }>) => sql`
  insert into webhook_lanes (organization_id, webhook_id, subject_id, is_ping, due_at)
  select distinct ${p.organizationId}::uuid, w.id, again.subject_id, again.kind = 'ping', ${p.at}::timestamptz
  from again join webhooks w on w.organization_id = ${p.organizationId} and w.id = ${p.webhookId}::uuid
    and (w.is_active or again.kind = 'ping')
  on conflict (organization_id, webhook_id, subject_id) do update set failures = 0, due_at =
    case when webhook_lanes.claim_id is null then excluded.due_at else webhook_lanes.due_at end`;

export const redeliver = command<
  { webhookId: string; id: string; at: Instant; giveUpAt: Instant },
  { found: number }
>(
  (p) => sql`
    with chosen as materialized (
      select id from webhook_deliveries
      where organization_id = ${p.organizationId} and webhook_id = ${p.webhookId}::uuid and id = ${p.id}::uuid),
    again as (update webhook_deliveries ${again(p)}),
    due as (${due(p)})
    select count(*)::int as found from again`,
);

/** The oldest of those given up for events since an instant. */
export const redeliverFailed = command<
  { webhookId: string; since: Instant; limit: number; at: Instant; giveUpAt: Instant },
  { found: number }
>(
  (p) => sql`
    with chosen as materialized (
      select id from webhook_deliveries
      where organization_id = ${p.organizationId} and webhook_id = ${p.webhookId}::uuid and state = 'failed'
        and created_at >= ${p.since}::timestamptz
      order by created_at, id limit ${p.limit}::int),
    again as (update webhook_deliveries ${again(p)}),
    due as (${due(p)})
    select count(*)::int as found from again`,
);
