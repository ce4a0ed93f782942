import { type SQL, sql } from "drizzle-orm";
import { type SlaMetric, slaMetrics } from "@helpdesk/domain";
import { type P, REPORT_ROWS, type Reported, reported, reporting, within } from "./facts.ts";
import { type GroupRow, type Groups, grouping } from "./groups.ts";

export interface ComplianceRow extends GroupRow {
  metric: SlaMetric;
  met: number;
  breached: number;
}

/**
 * Promises that were kept or broken in the period. One that was taken over by another is not a promise any more; what
 * ran out is broken when it ran out, whether or not anybody has recorded it.
 */
const promises = (p: P): SQL => sql`
  select c.ticket_id, c.policy_id, c.metric, c.breached_at as at, true as is_breached from sla_cycles c
  where c.organization_id = ${p.organizationId} and c.state <> 'superseded' and ${within(p, "c.breached_at")}
  union all
  select c.ticket_id, c.policy_id, c.metric, c.due_at, true from sla_cycles c
  where c.organization_id = ${p.organizationId} and c.state = 'running' and c.breached_at is null
    and c.due_at < ${p.now}::timestamptz and ${within(p, "c.due_at")}
  union all
  select c.ticket_id, c.policy_id, c.metric, c.satisfied_at, false from sla_cycles c
  where c.organization_id = ${p.organizationId} and c.state = 'satisfied' and c.breached_at is null
    and ${within(p, "c.satisfied_at")}`;

const order = sql.raw(
  `array_position(array[${slaMetrics.map((metric) => `'${metric}'`).join(", ")}], f.metric)`,
);

export const complianceOf = reporting<Reported & Groups, ComplianceRow>((p, shape) => {
  const { columns, joins } = grouping(p, shape);
  return sql`
    with grouped as (
      select ${columns}, f.metric, ${order} as place, f.is_breached
      from (${promises(p)}) f join tickets t on t.id = f.ticket_id ${joins}
      where ${reported(p, shape)})
    select id1, label1, id2, label2, part, metric, count(*) filter (where not is_breached)::int as met,
      count(*) filter (where is_breached)::int as breached
    from grouped group by 1, 2, 3, 4, 5, 6, place order by 5, place, 2 nulls last, 4 nulls last, 1, 3
    limit ${sql.raw(String(REPORT_ROWS + 1))}`;
});
