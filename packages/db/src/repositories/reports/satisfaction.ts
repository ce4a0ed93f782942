import { sql } from "drizzle-orm";
import { type Reported, reported, reporting, within } from "./facts.ts";
import { type GroupRow, type Groups, byGroups, grouping } from "./groups.ts";

export interface SatisfactionRow extends GroupRow {
  asked: number;
  good: number;
  bad: number;
  commented: number;
}

/** What customers said who were asked in the period; one that was reopened before the question went out was not asked. */
export const satisfactionOf = reporting<Reported & Groups, SatisfactionRow>((p, shape) => {
  const { columns, joins } = grouping(p, shape);
  return sql`
    select ${columns}, count(*)::int as asked, count(*) filter (where f.score = 'good')::int as good,
      count(*) filter (where f.score = 'bad')::int as bad,
      count(*) filter (where f.comment is not null)::int as commented
    from (
      select r.ticket_id, o.sla_policy_id as policy_id, r.created_at as at, r.score, r.comment
      from ticket_ratings r join tickets o on o.organization_id = ${p.organizationId} and o.id = r.ticket_id
      where r.organization_id = ${p.organizationId} and ${within(p, "r.created_at")}
        and (r.token_hash is not null or r.rated_at is not null)) f
    join tickets t on t.id = f.ticket_id ${joins}
    where ${reported(p, shape)}
    ${byGroups}`;
});
