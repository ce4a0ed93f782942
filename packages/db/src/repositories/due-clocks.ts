import { type SQL, sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, globalQuery } from "../statement.ts";

/** Clocks of the desk's tickets with something still to tell, in the order of `at`, from an index that holds no others. */
const untold = (at: SQL, condition: SQL, limit: SQL, escalates = false): SQL => sql`
  (select c.organization_id, c.ticket_id, ${at} as at, ${sql.raw(String(escalates))} as escalates from sla_cycles c
    join tickets t on t.organization_id = c.organization_id and t.id = c.ticket_id and not t.is_simulated
      and t.archived_at is null
    where c.state = 'running' and ${condition}
    order by ${at} limit ${limit})`;

const dueAt = sql.raw("c.due_at");
const warningAt = sql.raw("c.warning_at");
const escalationAt = sql.raw("c.escalation_at");

/** Over all organizations: tickets with a clock that is due, is to warn or to escalate, which nobody has told yet. */
export const findDueTickets = globalQuery<
  { now: Instant; limit: number },
  { organizationId: string; ticketId: string; escalates: boolean }
>((p) => {
  const limit = sql`${p.limit}::int`;
  const now = sql`${p.now}::timestamptz`;
  return sql`
    select organization_id as "organizationId", ticket_id as "ticketId", bool_or(escalates) as escalates from (
      ${untold(dueAt, sql`c.breached_at is null and c.due_at < ${now}`, limit)} union all
      ${untold(warningAt, sql`c.breached_at is null and c.warned_at is null and c.warning_at <= ${now}`, limit)} union all
      ${untold(escalationAt, sql`c.escalation_at is not null and c.escalation_at < ${now}`, limit, true)}) due
    group by organization_id, ticket_id order by min(at), ticket_id limit ${limit}`;
});

/** When the next clock will have something to tell; null where none runs. */
export const findNextDue = globalQuery<Record<never, never>, { at: Instant | null }>(
  () => sql`
    select least(
      (select at from ${untold(dueAt, sql`c.breached_at is null and c.due_at is not null`, sql`1`)} d),
      (select at from ${untold(warningAt, sql`c.breached_at is null and c.warned_at is null and c.warning_at is not null`, sql`1`)} w),
      (select at from ${untold(escalationAt, sql`c.escalation_at is not null`, sql`1`)} e)) as at`,
);

/** Locks those of the tickets that nobody is at. Their clocks are read by a later statement, which sees what the lock waited for. */
export const holdTickets = command<{ ids: string }, { id: string }>(
  (p) => sql`
    select t.id from tickets t
    where t.organization_id = ${p.organizationId} and t.id = any((${p.ids}::text)::uuid[]) and not t.is_simulated
    order by t.id
    for update of t skip locked`,
);
