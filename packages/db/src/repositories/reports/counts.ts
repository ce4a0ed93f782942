import { sql } from "drizzle-orm";
import { type Reported, reported, reporting, within } from "./facts.ts";
import { type GroupRow, type Groups, byGroups, grouping } from "./groups.ts";

export interface CountRow extends GroupRow {
  tickets: number;
  open: number;
}

/** Tickets opened in the period, and how many of them are open now, for each group as they are now. */
export const countOpened = reporting<Reported & Groups, CountRow>((p, shape) => {
  const { columns, joins } = grouping(p, shape);
  return sql`
    select ${columns}, count(*)::int as tickets, count(*) filter (where t.resolved_at is null)::int as open
    from tickets t
    cross join lateral (select t.created_at as at, t.sla_policy_id as policy_id) f ${joins}
    where ${reported(p, shape)} and ${within(p, "t.created_at")}
    ${byGroups}`;
});
