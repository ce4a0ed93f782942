import { type SQL, sql } from "drizzle-orm";
import type { ReportClock, SlaMetric } from "@helpdesk/domain";
import { type P, type Reported, reported, reporting, rounded, secondsBetween, within } from "./facts.ts";
import { type GroupRow, type Groups, byGroups, grouping } from "./groups.ts";

export interface TimesRow extends GroupRow {
  count: number;
  medianSeconds: number | null;
  p90Seconds: number | null;
  meanSeconds: number | null;
}

interface Times extends Reported, Groups {
  metric: SlaMetric;
  clock: ReportClock;
}

/** The last word of a ticket's clock: met, and not begun again since. */
const lastMet = (p: P, metric: SlaMetric): SQL => sql`
  c.organization_id = ${p.organizationId} and c.metric = ${sql.raw(`'${metric}'`)} and c.state = 'satisfied'
  and ${within(p, "c.satisfied_at")}
  and not exists (
    select from sla_cycles later where later.organization_id = ${p.organizationId} and later.ticket_id = c.ticket_id
      and later.metric = c.metric and later.ordinal > c.ordinal)`;

const everyMet = (p: P): SQL => sql`
  c.organization_id = ${p.organizationId} and c.metric = 'next_response' and c.state = 'satisfied'
  and ${within(p, "c.satisfied_at")}`;

const ofCycles = (seconds: SQL, which: SQL): SQL => sql`
  select c.ticket_id, c.policy_id, c.satisfied_at as at, ${seconds} as seconds from sla_cycles c where ${which}`;

const ofTickets = (p: P, until: string): SQL => sql`
  select o.id as ticket_id, o.sla_policy_id as policy_id, ${sql.raw(until)} as at,
    ${secondsBetween("o.created_at", until)} as seconds
  from tickets o where o.organization_id = ${p.organizationId} and ${within(p, until)}`;

const elapsed = sql.raw("c.elapsed_seconds");

/** What was measured, each with its ticket, policy and the instant it ended at. */
function measured(p: P, { metric, clock }: Times): SQL {
  if (metric === "next_response")
    return ofCycles(
      clock === "business" ? elapsed : secondsBetween("c.started_at", "c.satisfied_at"),
      everyMet(p),
    );
  if (clock === "business") return ofCycles(elapsed, lastMet(p, metric));
  return ofTickets(p, metric === "first_response" ? "o.first_responded_at" : "o.resolved_at");
}

const percentile = (share: number): SQL =>
  rounded(sql`percentile_cont(${sql.raw(String(share))}) within group (order by f.seconds::float8)`);

/** How long answers and resolutions that ended in the period had taken. */
export const timesOf = reporting<Times, TimesRow>((p, shape) => {
  const { columns, joins } = grouping(p, shape);
  // A ticket that was reopened is not resolved, whatever its clock had measured.
  const stands = shape.metric === "resolution" ? sql`and t.resolved_at is not null` : sql``;
  return sql`
    select ${columns}, count(*)::int as count, ${percentile(0.5)} as "medianSeconds",
      ${percentile(0.9)} as "p90Seconds", ${rounded(sql`avg(f.seconds)`)} as "meanSeconds"
    from (${measured(p, shape)}) f join tickets t on t.id = f.ticket_id ${joins}
    where ${reported(p, shape)} ${stands}
    ${byGroups}`;
});
