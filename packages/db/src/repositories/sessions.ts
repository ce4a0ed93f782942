import { type SQLWrapper, sql } from "drizzle-orm";
import type { CastRole, Difficulty, Instant, ScenarioState, SessionEnding } from "@helpdesk/domain";
import { isoInJson, recordset } from "../sql.ts";
import { command, globalQuery, query } from "../statement.ts";
import { countedSessions } from "./counted-sessions.ts";

export interface SessionRow {
  id: string;
  scenarioId: string;
  scenarioKey: string;
  scenarioRevision: number;
  scenarioTitle: string;
  difficulty: Difficulty;
  userId: string;
  userName: string;
  ticketId: string;
  attempt: number;
  definitionHash: string;
  seed: string;
  castId: string;
  castRole: CastRole;
  isVirtual: boolean;
  clockOffsetSeconds: number;
  lastEventSequence: number;
  lastEventAt: Instant;
  logHash: string;
  ending: SessionEnding | null;
  startedAt: Instant;
  endedAt: Instant | null;
}

/** Columns of a session called `s`, its scenario `c` and its trainee `u`. */
export const sessionColumns = sql.raw(`
  s.id, s.scenario_id as "scenarioId", s.scenario_key as "scenarioKey", c.revision as "scenarioRevision",
  c.title as "scenarioTitle", c.difficulty, s.user_id as "userId", u.name as "userName", s.ticket_id as "ticketId",
  s.attempt, s.definition_hash as "definitionHash", s.seed, s.cast_id as "castId", s.cast_role as "castRole",
  s.is_virtual as "isVirtual", s.clock_offset_seconds as "clockOffsetSeconds",
  s.last_event_sequence as "lastEventSequence", s.last_event_at as "lastEventAt", s.log_hash as "logHash", s.ending,
  s.started_at as "startedAt", s.ended_at as "endedAt"`);

/** Sessions as `s` with their scenario `c` and their trainee `u`. */
export const sessionsOf = (organizationId: SQLWrapper) => sql`
  training_sessions s
  join scenarios c on c.organization_id = ${organizationId} and c.id = s.scenario_id
  join users u on u.organization_id = ${organizationId} and u.id = s.user_id`;

/** Locks a session; what it is then is read by the next statement. */
export const holdSession = command<{ sessionId: string }, { id: string }>(
  (p) => sql`
    select id from training_sessions
    where organization_id = ${p.organizationId} and id = ${p.sessionId} for update`,
);

export const findSession = query<{ sessionId: string }, SessionRow>(
  (p) => sql`
    select ${sessionColumns} from ${sessionsOf(p.organizationId)}
    where s.organization_id = ${p.organizationId} and s.id = ${p.sessionId}`,
);

/** An event as it is stored: `data` is what its kind has beside sequence and instant. */
export interface SessionEventRow {
  sequence: number;
  kind: string;
  data: Record<string, unknown>;
  actorId: string | null;
  at: Instant;
  hash: string;
}

/** The log of a session. */
export const listSessionEvents = query<{ sessionId: string }, SessionEventRow>(
  (p) => sql`
    select sequence, kind, data, actor_id as "actorId", at, hash from training_events
    where organization_id = ${p.organizationId} and training_session_id = ${p.sessionId} order by sequence`,
);

/** A revision of a scenario, as far as a start looks at it. */
export interface PlayableRow {
  id: string;
  key: string;
  definitionHash: string;
  state: ScenarioState;
  prerequisites: string[];
}

export const findPlayable = query<{ scenarioId: string }, PlayableRow>(
  (p) => sql`
    select id, key, definition_hash as "definitionHash", state, prerequisites from scenarios
    where organization_id = ${p.organizationId} and id = ${p.scenarioId}`,
);

/** What a revision is played by: it never changes. */
export const findDefinition = query<{ scenarioId: string }, { definition: unknown; weights: unknown }>(
  (p) => sql`
    select definition, weights from scenarios where organization_id = ${p.organizationId} and id = ${p.scenarioId}`,
);

export interface EarlierSessions {
  name: string;
  /** The last attempt's number, on either clock; 0 for none. */
  attempts: number;
  activeId: string | null;
  /** Keys of the scenarios that were passed on the real clock. */
  passed: string[];
  /** Whom simulated tickets are from. */
  customerId: string;
}

/** What the start of a session depends on. */
export const findEarlierSessions = query<{ userId: string; key: string }, EarlierSessions>(
  (p) => sql`
    select u.name,
      (select coalesce(max(s.attempt), 0)::int from training_sessions s where s.organization_id = ${p.organizationId}
        and s.user_id = u.id and s.scenario_key = ${p.key}) as attempts,
      (select s.id from training_sessions s where s.organization_id = ${p.organizationId}
        and s.user_id = u.id and s.scenario_key = ${p.key} and s.ended_at is null) as "activeId",
      array(select distinct s.scenario_key from ${countedSessions(p.organizationId)}
        and s.user_id = u.id and m.is_passed) as passed,
      (select x.id from users x where x.organization_id = ${p.organizationId} and x.is_simulated) as "customerId"
    from users u where u.organization_id = ${p.organizationId} and u.id = ${p.userId}`,
);

export interface NewSession {
  id: string;
  scenarioId: string;
  key: string;
  userId: string;
  ticketId: string;
  attempt: number;
  definitionHash: string;
  seed: string;
  castId: string;
  castRole: CastRole;
  isVirtual: boolean;
  at: Instant;
  logHash: string;
}

/** Writes a session with its first event. */
export const insertSession = command<NewSession, { id: string }>(
  (p) => sql`
    with session as (
      insert into training_sessions (organization_id, id, scenario_id, scenario_key, user_id, ticket_id, attempt,
        definition_hash, seed, cast_id, cast_role, is_virtual, last_event_sequence, last_event_at, log_hash, started_at)
      select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.scenarioId}::uuid, ${p.key}::text, ${p.userId}::uuid,
        ${p.ticketId}::uuid, ${p.attempt}::int, ${p.definitionHash}::text, ${p.seed}::text, ${p.castId}::text,
        ${p.castRole}::text, ${p.isVirtual}::boolean, 1, ${p.at}::timestamptz, ${p.logHash}::text, ${p.at}::timestamptz
      returning id)
    insert into training_events (organization_id, training_session_id, sequence, kind, at, hash)
    select ${p.organizationId}::uuid, session.id, 1, 'session_started', ${p.at}::timestamptz, ${p.logHash}::text
    from session returning training_session_id as id`,
);

export interface Appended {
  sessionId: string;
  readSequence: number;
  /** A JSON array of rows. */
  events: string;
  lastEventSequence: number;
  lastEventAt: Instant;
  logHash: string;
  /** Where one of the events ends the session. */
  ending: SessionEnding | null;
  endedAt: Instant | null;
}

/** Adds events to the log of a locked session. No row where it is not as it was read. */
export const appendEvents = command<Appended, { id: string }>(
  (p) => sql`
    with session as (
      update training_sessions set last_event_sequence = ${p.lastEventSequence}::int,
        last_event_at = ${p.lastEventAt}::timestamptz, log_hash = ${p.logHash},
        ending = coalesce(ending, ${p.ending}::text), ended_at = coalesce(ended_at, ${p.endedAt}::timestamptz)
      where organization_id = ${p.organizationId} and id = ${p.sessionId} and last_event_sequence = ${p.readSequence}::int
      returning id),
    written as (
      insert into training_events (organization_id, training_session_id, sequence, kind, data, actor_id, at, hash)
      select ${p.organizationId}::uuid, session.id, r.sequence, r.kind, r.data, r."actorId", r.at, r.hash
      from session, ${recordset(p.events, 'sequence int, kind text, data jsonb, "actorId" uuid, at timestamptz, hash text')}),
    outbox as (
      insert into events (organization_id, id, kind, data, at)
      -- A log has each number once, and so has what is told of it.
      select ${p.organizationId}::uuid, md5(session.id || ' ' || ${p.lastEventSequence}::int)::uuid, 'session_went_on',
        jsonb_build_object('sessionId', session.id), ${p.lastEventAt}::timestamptz
      from session)
    select id from session`,
);

/** Puts the virtual clock of a locked session forward. */
export const advanceSession = command<{ sessionId: string; seconds: number }, { clockOffsetSeconds: number }>(
  (p) => sql`
    update training_sessions set clock_offset_seconds = clock_offset_seconds + ${p.seconds}::int
    where organization_id = ${p.organizationId} and id = ${p.sessionId}
    returning clock_offset_seconds as "clockOffsetSeconds"`,
);

/** The last session of a page over all organizations: ids are unique within one. */
export interface AfterSession {
  afterOrganizationId: string;
  afterId: string;
}
const nil = "00000000-0000-0000-0000-000000000000";
export const beforeFirst: AfterSession = { afterOrganizationId: nil, afterId: nil };

/** The sessions called `s` after one. */
export const isAfter = (p: { afterOrganizationId: SQLWrapper; afterId: SQLWrapper }) => sql`
  (s.organization_id, s.id) > (${p.afterOrganizationId}::uuid, ${p.afterId}::uuid)`;

/** Over all organizations: sessions without an event since an instant, after one. */
export const listIdleSessions = globalQuery<
  AfterSession & { idleSince: Instant; limit: number },
  { organizationId: string; id: string }
>(
  (p) => sql`
    select s.organization_id as "organizationId", s.id from training_sessions s
    where s.ended_at is null and s.last_event_at <= ${p.idleSince}::timestamptz and ${isAfter(p)}
    order by s.organization_id, s.id limit ${p.limit}::int`,
);

/** The log of a session as one JSON array, for checks that read many. */
export const logOf = (organizationId: SQLWrapper) => sql`
  (select jsonb_agg(jsonb_build_object('sequence', e.sequence, 'kind', e.kind, 'data', e.data, 'actorId', e.actor_id,
      'at', ${isoInJson("e.at")}, 'hash', e.hash) order by e.sequence)
    from training_events e where e.organization_id = ${organizationId} and e.training_session_id = s.id)`;
