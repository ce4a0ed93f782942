import { sql } from "drizzle-orm";
import type { Belonging } from "@helpdesk/domain";
import { query } from "../../statement.ts";
import { ccIdsOf } from "../ticket-cc.ts";

export interface ProblemTextRow extends Belonging {
  /** What the ticket is about: title, description and the last public words of its customer's side. */
  text: string;
}

export const findProblemText = query<{ ticketId: string }, ProblemTextRow>(
  (p) => sql`
    select t.customer_id as "customerId", t.assignee_id as "assigneeId", t.department_id as "departmentId",
      ${ccIdsOf(p.organizationId)} as "ccIds",
      concat_ws(E'\n', t.title, left(t.description, 4000), (
        select left(c.body, 2000) from ticket_comments c
        where c.organization_id = ${p.organizationId} and c.ticket_id = t.id and c.visibility = 'public'
          and c.author_id = t.customer_id
        order by c.sequence desc limit 1)) as text
    from tickets t
    where t.organization_id = ${p.organizationId} and t.id = ${p.ticketId} and not t.is_simulated
      and t.archived_at is null`,
);
