import { sql } from "drizzle-orm";
import type { Belonging, Instant, Priority, Source } from "@helpdesk/domain";
import { query } from "../statement.ts";
import { ccIdsOf } from "./ticket-cc.ts";

/** A ticket as a draft of a scenario reads it: its first public comments, and no notes. */
export interface FinishedTicketRow extends Belonging {
  title: string;
  description: string;
  priority: Priority;
  source: Source;
  customerName: string;
  organization: string;
  resolvedAt: Instant | null;
  tags: string[];
  comments: { authorId: string | null; author: string | null; body: string }[];
}

export const findFinishedTicket = query<{ ticketId: string }, FinishedTicketRow>(
  (p) => sql`
    select t.title, t.description, t.priority, t.source, t.customer_id as "customerId", t.assignee_id as "assigneeId",
      t.department_id as "departmentId", t.resolved_at as "resolvedAt", c.name as "customerName", o.name as organization,
      ${ccIdsOf(p.organizationId)} as "ccIds",
      array(select g.name from ticket_tags l join tags g on g.organization_id = ${p.organizationId} and g.id = l.tag_id
        where l.organization_id = ${p.organizationId} and l.ticket_id = t.id order by g.name) as tags,
      coalesce((select jsonb_agg(jsonb_build_object('authorId', m.author_id, 'author', a.name, 'body', m.body)
          order by m.created_at, m.id)
        from (select * from ticket_comments
          where organization_id = ${p.organizationId} and ticket_id = ${p.ticketId} and visibility = 'public'
          order by created_at, id limit 100) m
        left join users a on a.organization_id = ${p.organizationId} and a.id = m.author_id), '[]') as comments
    from tickets t
    join users c on c.organization_id = ${p.organizationId} and c.id = t.customer_id
    join organizations o on o.id = ${p.organizationId}
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and not t.is_simulated
      and t.archived_at is null`,
);

/** The names of everybody in the organization, those who are gone included. */
export const listNames = query<Record<never, never>, { name: string }>(
  (p) => sql`select distinct name from users
    where organization_id = ${p.organizationId} and not is_simulated order by name`,
);
