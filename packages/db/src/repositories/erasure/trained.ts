import { sql } from "drizzle-orm";
import { command } from "../../statement.ts";
import { type Wipe, idsIn, wipe } from "./wipe.ts";

interface Sessions {
  /** JSON arrays. */
  sessionIds: string;
  ticketIds: string;
}

const ofSessions = (table: string): Wipe<Sessions> =>
  wipe<Sessions>(
    table,
    (p) => sql`
      delete from ${sql.raw(table)}
      where organization_id = ${p.organizationId} and training_session_id = any(${idsIn(p.sessionIds)})`,
  );

const ofStages = (table: string): Wipe<Sessions> =>
  wipe<Sessions>(
    table,
    (p) => sql`
      delete from ${sql.raw(table)}
      where organization_id = ${p.organizationId} and ticket_id = any(${idsIn(p.ticketIds)})`,
  );

/** Whole sessions with their logs, which are chains, and their simulated tickets. Parts of those go with them. */
export const sessionWipes: readonly Wipe<Sessions>[] = [
  ofSessions("training_events"),
  ofSessions("performance_metrics"),
  wipe<Sessions>(
    "user_achievements",
    (p) => sql`
      update user_achievements set training_session_id = null
      where organization_id = ${p.organizationId} and training_session_id = any(${idsIn(p.sessionIds)})`,
  ),
  wipe<Sessions>(
    "training_sessions",
    (p) => sql`
      delete from training_sessions
      where organization_id = ${p.organizationId} and id = any(${idsIn(p.sessionIds)})`,
  ),
  ofStages("ticket_history"),
  ofStages("sla_cycles"),
  ofStages("sla_recounts"),
  ofStages("events"),
  wipe<Sessions>(
    "tickets",
    (p) => sql`
      delete from tickets
      where organization_id = ${p.organizationId} and id = any(${idsIn(p.ticketIds)}) and is_simulated`,
  ),
];

/** What somebody earned by practice. */
export const awardWipes: readonly Wipe<{ userId: string }>[] = ["user_achievements", "certificates"].map(
  (table) =>
    wipe<{ userId: string }>(
      table,
      (p) => sql`
      delete from ${sql.raw(table)} where organization_id = ${p.organizationId} and user_id = ${p.userId}::uuid`,
    ),
);

interface SessionIds {
  id: string;
  ticketId: string;
}

/** Sessions of a trainee, locked. */
export const lockSessionsOf = command<{ userId: string; limit: number }, SessionIds>(
  (p) => sql`
    select id, ticket_id as "ticketId" from training_sessions
    where organization_id = ${p.organizationId} and user_id = ${p.userId}::uuid order by id limit ${p.limit}::int for update`,
);

/** Sessions on a revision of a scenario, or by their ids, locked. */
export const lockSessionsOn = command<{ scenarioIds: string; sessionIds: string; limit: number }, SessionIds>(
  (p) => sql`
    select id, ticket_id as "ticketId" from training_sessions
    where organization_id = ${p.organizationId}
      and (scenario_id = any(${idsIn(p.scenarioIds)}) or id = any(${idsIn(p.sessionIds)}))
    order by id limit ${p.limit}::int for update`,
);

/** Sessions after one, each with what people wrote in it, as far as it has a clue. What a scenario says is nobody's. */
export const listWrittenInSessions = command<
  { after: string; clue: string; limit: number },
  { id: string; written: unknown[] }
>(
  (p) => sql`
    select s.id, coalesce((
      select jsonb_agg(e.data) from training_events e
      where e.organization_id = ${p.organizationId} and e.training_session_id = s.id
        and e.kind in ('trainee_said', 'note_written', 'escalated', 'refused', 'act_corrected')
        and e.data::text ~* ${p.clue}::text), '[]') as written
    from training_sessions s
    where s.organization_id = ${p.organizationId} and s.id > ${p.after}::uuid order by s.id limit ${p.limit}::int`,
);

export interface NamingScenario {
  id: string;
  title: string;
  definition: Record<string, unknown>;
}

/** Scenarios of the organization's own making that have a clue. */
export const listNamingScenarios = command<{ after: string; clue: string; limit: number }, NamingScenario>(
  (p) => sql`
    select id, title, definition from scenarios
    where organization_id = ${p.organizationId} and author_id is not null and id > ${p.after}::uuid
      and concat(title, ' ', definition) ~* ${p.clue}::text
    order by id limit ${p.limit}::int for update`,
);

export const rewriteScenario = command<
  { id: string; title: string; definition: string; definitionHash: string },
  never
>(
  (p) => sql`
    update scenarios set title = ${p.title}, definition = (${p.definition}::text)::jsonb,
      definition_hash = ${p.definitionHash}, version = version + 1
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid`,
);
