import { sql } from "drizzle-orm";
import type { Instant, NotificationKind } from "@helpdesk/domain";
import { isoInJson } from "../sql.ts";
import { command, query, shaped } from "../statement.ts";
import type { Snapshot } from "./events.ts";
import { isShown } from "./notification-preferences.ts";
import { ccIdsOf } from "./ticket-cc.ts";

export interface NotificationRow {
  id: string;
  kind: NotificationKind;
  /** As it is now; whether the reader may see it is for the caller to ask. */
  ticket: {
    id: string;
    number: number;
    title: string;
    customerId: string;
    assigneeId: string | null;
    departmentId: string | null;
    ccIds: string[];
  } | null;
  data: Record<string, unknown>;
  actorId: string | null;
  actorName: string | null;
  createdAt: Instant;
  readAt: Instant | null;
}

export interface ListNotifications {
  userId: string;
  afterValue: string;
  afterId: string;
}

/** A person's notifications, or the unread ones, newest first, from a position on: at most `limit`. */
export const listNotifications = (limit: number, unreadOnly: boolean) => compiled(`${limit} ${unreadOnly}`);

const compiled = shaped((shape: string) => {
  const [limit, unreadOnly] = shape.split(" ");
  return query<ListNotifications, NotificationRow>(
    (p) => sql`
      select n.id, n.kind,
        case when t.id is null then null else jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title,
          'customerId', t.customer_id, 'assigneeId', t.assignee_id, 'departmentId', t.department_id,
          'ccIds', ${ccIdsOf(p.organizationId)}) end as ticket,
        n.data, n.actor_id as "actorId", a.name as "actorName", n.created_at as "createdAt", n.read_at as "readAt"
      from (
        select n.* from notifications n where n.organization_id = ${p.organizationId} and n.user_id = ${p.userId}
          and ${isShown(p.organizationId, p.userId)}
          and ${sql.raw(unreadOnly === "true" ? "n.read_at is null" : "true")}
          and (n.created_at, n.id) < (${p.afterValue}::timestamptz, ${p.afterId}::uuid)
        order by n.created_at desc, n.id desc limit ${sql.raw(String(Number(limit)))}) n
      left join tickets t on t.organization_id = ${p.organizationId} and t.id = n.ticket_id and not t.is_simulated
      left join users a on a.organization_id = ${p.organizationId} and a.id = n.actor_id
      order by n.created_at desc, n.id desc`,
  );
});

/** Notifications of which one look tells at most. */
export const newNotificationsPage = 100;

/**
 * How many a person has not read, and what was committed for them since a moment, oldest first: nothing where that is
 * null. `createdAfter` only keeps the reading short. With the moment of this reading.
 */
export const findNews = query<
  { userId: string; since: Snapshot | null; createdAfter: Instant },
  { snapshot: Snapshot; unreadCount: number; news: NotificationRow[]; isTooMuch: boolean }
>(
  (p) => sql`
    with news as (
      select n.* from notifications n
      where n.organization_id = ${p.organizationId} and n.user_id = ${p.userId}::uuid
        and ${isShown(p.organizationId, p.userId)}
        and n.created_at > ${p.createdAfter}::timestamptz
        and n.transaction_id >= pg_snapshot_xmin(${p.since}::pg_snapshot)
        and not pg_visible_in_snapshot(n.transaction_id, ${p.since}::pg_snapshot)
      limit ${sql.raw(String(newNotificationsPage))} + 1)
    select pg_current_snapshot()::text as snapshot,
      (select count(*)::int from notifications n
        where n.organization_id = ${p.organizationId} and n.user_id = ${p.userId}::uuid and n.read_at is null
          and ${isShown(p.organizationId, p.userId)}) as "unreadCount",
      (select count(*) > ${sql.raw(String(newNotificationsPage))} from news) as "isTooMuch",
      coalesce((select jsonb_agg(to_jsonb(line) order by line."createdAt", line.id) from (
        select n.id, n.kind,
          case when t.id is null then null else jsonb_build_object('id', t.id, 'number', t.number, 'title', t.title,
            'customerId', t.customer_id, 'assigneeId', t.assignee_id, 'departmentId', t.department_id,
            'ccIds', ${ccIdsOf(p.organizationId)}) end as ticket,
          n.data, n.actor_id as "actorId", a.name as "actorName", ${isoInJson("n.created_at")} as "createdAt",
          ${isoInJson("n.read_at")} as "readAt"
        from news n
        left join tickets t on t.organization_id = ${p.organizationId} and t.id = n.ticket_id and not t.is_simulated
        left join users a on a.organization_id = ${p.organizationId} and a.id = n.actor_id) line), '[]') as news`,
);

export const countUnread = query<{ userId: string }, { count: number }>(
  (p) => sql`
    select count(*)::int as count from notifications n
    where n.organization_id = ${p.organizationId} and n.user_id = ${p.userId} and n.read_at is null
      and ${isShown(p.organizationId, p.userId)}`,
);

/** How many a person has not read, of each kind that there are any of. */
export const countUnreadByKind = query<{ userId: string }, { kind: NotificationKind; count: number }>(
  (p) => sql`
    select n.kind, count(*)::int as count from notifications n
    where n.organization_id = ${p.organizationId} and n.user_id = ${p.userId} and n.read_at is null
      and ${isShown(p.organizationId, p.userId)}
    group by n.kind order by n.kind`,
);

/** Marks one as read; the first reading stays. */
export const readNotification = command<
  { notificationId: string; userId: string; now: Instant },
  { readAt: Instant }
>(
  (p) => sql`
    update notifications set read_at = coalesce(read_at, ${p.now}::timestamptz)
    where organization_id = ${p.organizationId} and id = ${p.notificationId} and user_id = ${p.userId}
    returning read_at as "readAt"`,
);

/** Marks one as not read. */
export const unreadNotification = command<{ notificationId: string; userId: string }, { id: string }>(
  (p) => sql`
    update notifications set read_at = null
    where organization_id = ${p.organizationId} and id = ${p.notificationId} and user_id = ${p.userId}
    returning id`,
);

/** Marks all that a person is shown as read, or those of one ticket. */
export const readAllNotifications = command<
  { userId: string; ticketId: string | null; now: Instant },
  { id: string }
>(
  (p) => sql`
    update notifications n set read_at = ${p.now}::timestamptz
    where n.organization_id = ${p.organizationId} and n.user_id = ${p.userId} and n.read_at is null
      and (${p.ticketId}::uuid is null or n.ticket_id = ${p.ticketId}::uuid)
      and ${isShown(p.organizationId, p.userId)}
    returning n.id`,
);
