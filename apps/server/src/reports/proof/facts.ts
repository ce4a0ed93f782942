import type { Sql } from "@helpdesk/db";
import type { SlaMetric } from "@helpdesk/domain";

/** Everything that reports are made of, as it is stored: read once, by the plainest statements. */
export interface Facts {
  tickets: Map<string, Ticket>;
  cycles: Cycle[];
  ratings: Rating[];
  /** People whose role has them work on tickets of others. */
  workerIds: Set<string>;
}

export interface Ticket {
  id: string;
  number: number;
  statusKey: string;
  category: string;
  priority: string;
  source: string;
  customerId: string;
  assigneeId: string | null;
  departmentId: string | null;
  policyId: string | null;
  isSimulated: boolean;
  mergedIntoId: string | null;
  createdAt: string;
  firstRespondedAt: string | null;
  resolvedAt: string | null;
  tags: { id: string; name: string }[];
  ccIds: string[];
  moves: { at: string; from: string; to: string }[];
  given: { at: string; to: string | null }[];
  replies: { at: string; by: string | null }[];
}

export interface Cycle {
  ticketId: string;
  metric: SlaMetric;
  ordinal: number;
  state: string;
  policyId: string;
  elapsedSeconds: number;
  startedAt: string;
  dueAt: string | null;
  breachedAt: string | null;
  satisfiedAt: string | null;
}

interface Rating {
  ticketId: string;
  createdAt: string;
  wasAsked: boolean;
  score: "good" | "bad" | null;
  comment: string | null;
}

interface HistoryRow {
  ticketId: string;
  kind: string;
  at: string;
  actorId: string | null;
  status: { from: string; to: string } | null;
  assignee: string | null;
}

type StoredTicket = Omit<Ticket, "tags" | "ccIds" | "moves" | "given" | "replies">;

export async function readFacts(pool: Sql, organizationId: string): Promise<Facts> {
  return pool.begin(async (sql) => {
    await sql`set local statement_timeout = 0`;
    const stored = await sql<StoredTicket[]>`
      select t.id, t.number, s.key as "statusKey", s.category, t.priority, t.source, t.customer_id as "customerId",
        t.assignee_id as "assigneeId", t.department_id as "departmentId", t.sla_policy_id as "policyId",
        t.is_simulated as "isSimulated", t.merged_into_id as "mergedIntoId", t.created_at as "createdAt",
        t.first_responded_at as "firstRespondedAt", t.resolved_at as "resolvedAt"
      from tickets t join ticket_statuses s on s.organization_id = t.organization_id and s.id = t.status_id
      where t.organization_id = ${organizationId}`;
    const tickets = new Map(
      stored.map((row): [string, Ticket] => [
        row.id,
        { ...row, tags: [], ccIds: [], moves: [], given: [], replies: [] },
      ]),
    );
    const history = await sql<HistoryRow[]>`
      select ticket_id as "ticketId", kind, at, actor_id as "actorId",
        case when kind = 'status_changed' then jsonb_build_object('from', changes #>> '{status,from,id}', 'to', changes #>> '{status,to,id}') end as status,
        changes #>> '{assignee,to,id}' as assignee
      from ticket_history where organization_id = ${organizationId} order by ticket_id, sequence`;
    for (const { ticketId, kind, at, actorId, status, assignee } of history) {
      const ticket = tickets.get(ticketId)!;
      if (kind === "status_changed") ticket.moves.push({ at, ...status! });
      else if (kind === "assignee_changed") ticket.given.push({ at, to: assignee });
      else if (kind === "reply_added") ticket.replies.push({ at, by: actorId });
    }
    const tags = await sql<{ ticketId: string; id: string; name: string }[]>`
      select l.ticket_id as "ticketId", g.id, g.name from ticket_tags l
      join tags g on g.organization_id = l.organization_id and g.id = l.tag_id where l.organization_id = ${organizationId}`;
    for (const { ticketId, id, name } of tags) tickets.get(ticketId)!.tags.push({ id, name });
    const copies = await sql<{ ticketId: string; userId: string }[]>`
      select ticket_id as "ticketId", user_id as "userId" from ticket_cc where organization_id = ${organizationId}`;
    for (const { ticketId, userId } of copies) tickets.get(ticketId)!.ccIds.push(userId);
    const cycles = await sql<Cycle[]>`
      select ticket_id as "ticketId", metric, ordinal, state, policy_id as "policyId", elapsed_seconds as "elapsedSeconds",
        started_at as "startedAt", due_at as "dueAt", breached_at as "breachedAt", satisfied_at as "satisfiedAt"
      from sla_cycles where organization_id = ${organizationId}`;
    const ratings = await sql<Rating[]>`
      select ticket_id as "ticketId", created_at as "createdAt", token_hash is not null or rated_at is not null as "wasAsked",
        score, comment
      from ticket_ratings where organization_id = ${organizationId}`;
    const workers = await sql<{ id: string }[]>`
      select u.id from users u join roles r on r.organization_id = u.organization_id and r.id = u.role_id
      where u.organization_id = ${organizationId}
        and ('ticket.read_departments' = any(r.permissions) or 'ticket.read_organization' = any(r.permissions))`;
    const workerIds = new Set(workers.map(({ id }) => id));
    return { tickets, cycles: [...cycles], ratings: [...ratings], workerIds };
  });
}
