import { type SQL, sql } from "drizzle-orm";
import { parsedInPlace } from "../ticket-conditions.ts";
import {
  type P,
  REPORT_ROWS,
  type Reported,
  reported,
  reporting,
  rounded,
  secondsBetween,
  within,
} from "./facts.ts";
import { becomesOpen, becomesResolved, isMove } from "./moves.ts";

export interface WorkloadRow {
  agentId: string;
  agentName: string;
  open: number;
  assigned: number;
  replies: number;
  resolved: number;
  reopened: number;
  medianHandlingSeconds: number | null;
}

/** `agents`: those of a list, the reader alone, or everybody. */
export interface Workload extends Reported {
  agents: "all" | "listed" | "reader";
}

const counted = ["open", "assigned", "replies", "resolved", "reopened"] as const;

/** Some work of an agent: one of each that is named. */
const work = (agent: string, amounts: Partial<Record<(typeof counted)[number], SQL>>, handling?: SQL): SQL =>
  sql`select ${sql.raw(agent)} as agent_id, ${sql.join(
    counted.map((name) => sql`${amounts[name] ?? sql`0`} as ${sql.raw(name)}`),
    sql`, `,
  )}, ${handling ?? sql`null::int8`} as handling`;

const one = sql`1`;

/** Until it was resolved, since it was last given to whoever has it; one that nobody gave, since it was opened. */
const handling = (p: P): SQL => sql`
  cross join lateral (
    select coalesce(max(g.at), t.created_at) as since from ticket_history g
    where g.organization_id = ${p.organizationId} and g.ticket_id = t.id and g.kind = 'assignee_changed'
      and g.changes -> 'assignee' -> 'to' ->> 'id' = t.assignee_id::text and g.at <= t.resolved_at) given`;

const history = (p: P, kind: string): SQL => sql`
  from ticket_history h join tickets t on t.id = h.ticket_id
  where h.organization_id = ${p.organizationId} and h.kind = ${sql.raw(`'${kind}'`)} and ${within(p, "h.at")}`;

/** Who works on tickets of others, read once a statement: a customer who was in copy does not. */
const workers = (p: P): SQL => sql`(select array(
  select u.id from users u join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
  where u.organization_id = ${p.organizationId}
    and r.permissions && array['ticket.read_departments', 'ticket.read_organization']))::uuid[]`;

const agents: Record<Workload["agents"], (p: P) => SQL> = {
  all: () => sql``,
  listed: (p) => sql`where w.agent_id = any(${parsedInPlace(p.amongAssigneeIds, "uuid")})`,
  reader: (p) => sql`where w.agent_id = ${p.readerId}::uuid`,
};

/** What each agent has now, and did in the period. Who did nothing and has nothing is not there. */
export const workloadOf = reporting<Workload, WorkloadRow>(
  (p, shape) => sql`
    with w as (
      ${work("t.assignee_id", { open: one })} from tickets t
      where ${reported(p, shape)} and t.resolved_at is null and t.assignee_id is not null
      union all
      ${work("(h.changes -> 'assignee' -> 'to' ->> 'id')::uuid", { assigned: one })} ${history(p, "assignee_changed")}
        and h.changes -> 'assignee' -> 'to' ->> 'id' is not null and ${reported(p, shape)}
      union all
      ${work("h.actor_id", { replies: one })} ${history(p, "reply_added")}
        and h.actor_kind = 'user' and h.actor_id = any(${workers(p)}) and h.actor_id <> t.customer_id and not exists (
          select from ticket_cc cc where cc.organization_id = ${p.organizationId} and cc.ticket_id = t.id
            and cc.user_id = h.actor_id)
        and ${reported(p, shape)}
      union all
      ${work("t.assignee_id", { resolved: sql`${becomesResolved(p)}::int`, reopened: sql`${becomesOpen(p)}::int` })}
      from ticket_history h join tickets t on t.id = h.ticket_id
      where ${isMove(p)} and ${within(p, "h.at")} and t.assignee_id is not null
        and ${reported(p, shape)}
      union all
      ${work("t.assignee_id", {}, secondsBetween("given.since", "t.resolved_at"))} from tickets t ${handling(p)}
      where ${reported(p, shape)} and ${within(p, "t.resolved_at")} and t.assignee_id is not null),
    counted as materialized (
      select w.agent_id, sum(w.open)::int as open, sum(w.assigned)::int as assigned, sum(w.replies)::int as replies,
        sum(w.resolved)::int as resolved, sum(w.reopened)::int as reopened,
        ${rounded(sql`percentile_cont(0.5) within group (order by w.handling::float8)`)} as handling
      from w ${agents[shape.agents](p)} group by w.agent_id having count(w.handling) > 0
        or sum(w.open + w.assigned + w.replies + w.resolved + w.reopened) > 0)
    select c.agent_id as "agentId", u.name as "agentName", c.open, c.assigned, c.replies, c.resolved, c.reopened,
      c.handling as "medianHandlingSeconds"
    from counted c join users u on u.organization_id = ${p.organizationId} and u.id = c.agent_id
    order by u.name, c.agent_id limit ${sql.raw(String(REPORT_ROWS + 1))}`,
);
