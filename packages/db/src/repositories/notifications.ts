import { sql } from "drizzle-orm";
import type { Instant, NotificationKind } from "@helpdesk/domain";
import { command, query, shaped } from "../statement.ts";
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
          and ${sql.raw(unreadOnly === "true" ? "n.read_at is null" : "true")}
          and (n.created_at, n.id) < (${p.afterValue}::timestamptz, ${p.afterId}::uuid)
        order by n.created_at desc, n.id desc limit ${sql.raw(String(Number(limit)))}) n
      left join tickets t on t.organization_id = ${p.organizationId} and t.id = n.ticket_id and not t.is_simulated
      left join users a on a.organization_id = ${p.organizationId} and a.id = n.actor_id
      order by n.created_at desc, n.id desc`,
  );
});

export const countUnread = query<{ userId: string }, { count: number }>(
  (p) => sql`
    select count(*)::int as count from notifications
    where organization_id = ${p.organizationId} and user_id = ${p.userId} and read_at is null`,
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

export const readAllNotifications = command<{ userId: string; now: Instant }, { id: string }>(
  (p) => sql`
    update notifications set read_at = ${p.now}::timestamptz
    where organization_id = ${p.organizationId} and user_id = ${p.userId} and read_at is null
    returning id`,
);
