import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Difficulty, Instant, ScenarioState } from "@helpdesk/domain";
import { command, query, shaped } from "../statement.ts";

/** A revision of a scenario as its authors see it. */
export interface ScenarioRevisionRow {
  id: string;
  key: string;
  revision: number;
  title: string;
  state: ScenarioState;
  definitionHash: string;
  prerequisites: string[];
  /** Null for those that every organization starts with. */
  author: { id: string; name: string } | null;
  /** How many sessions were started with it. */
  sessions: number;
  version: number;
  createdAt: Instant;
  updatedAt: Instant;
}

const columns = (organizationId: SQLWrapper): SQL => sql`
  c.id, c.key, c.revision, c.title, c.state, c.definition_hash as "definitionHash", c.prerequisites,
  (select jsonb_build_object('id', u.id, 'name', u.name) from users u
    where u.organization_id = ${organizationId} and u.id = c.author_id) as author,
  (select count(*)::int from training_sessions s
    where s.organization_id = ${organizationId} and s.scenario_id = c.id) as sessions,
  c.version, c.created_at as "createdAt", c.updated_at as "updatedAt"`;

const compiled = shaped((limit: string) =>
  query<{ key: string; before: number }, ScenarioRevisionRow>(
    (p) => sql`
      select ${columns(p.organizationId)} from scenarios c
      where c.organization_id = ${p.organizationId} and c.key = ${p.key} and c.revision < ${p.before}::int
      order by c.revision desc limit ${sql.raw(limit)}`,
  ),
);

/** The revisions of a scenario before one of them, the latest first: at most `limit`. */
export const listScenarioRevisions = (limit: number) => compiled(String(limit));

export const findScenarioRevision = query<{ scenarioId: string }, ScenarioRevisionRow>(
  (p) => sql`
    select ${columns(p.organizationId)} from scenarios c
    where c.organization_id = ${p.organizationId} and c.id = ${p.scenarioId}::uuid`,
);

export const findScenarioDefinition = query<
  { scenarioId: string },
  ScenarioRevisionRow & { definition: Record<string, unknown> }
>(
  (p) => sql`
    select ${columns(p.organizationId)}, c.definition from scenarios c
    where c.organization_id = ${p.organizationId} and c.id = ${p.scenarioId}::uuid`,
);

/** The latest revision of every scenario there is, whatever its state. */
export const listLatestRevisions = query<Record<never, never>, { key: string; revision: number }>(
  (p) => sql`
    select key, max(revision) as revision from scenarios
    where organization_id = ${p.organizationId} group by key`,
);

/** What is offered, and what it needs. */
export const listActiveScenarios = query<
  Record<never, never>,
  { id: string; key: string; prerequisites: string[] }
>(
  (p) => sql`
    select id, key, prerequisites from scenarios
    where organization_id = ${p.organizationId} and state = 'active'`,
);

/** What is offered under a key. */
export const findOfferedScenario = query<{ key: string }, { id: string; title: string }>(
  (p) => sql`
    select id, title from scenarios
    where organization_id = ${p.organizationId} and key = ${p.key} and state = 'active'`,
);

export interface ScenarioValues {
  id: string;
  key: string;
  revision: number;
  title: string;
  difficulty: Difficulty;
  estimatedMinutes: number;
  xp: number;
  passMarkHundredths: number;
  /** JSON arrays of texts. */
  skills: string;
  prerequisites: string;
  /** JSON objects. */
  definition: string;
  weights: string;
  definitionHash: string;
  authorId: string;
  at: Instant;
}

const texts = (json: SQLWrapper): SQL => sql`array(select jsonb_array_elements_text((${json}::text)::jsonb))`;

/** A draft. */
export const insertScenario = command<ScenarioValues, never>(
  (p) => sql`
    insert into scenarios (organization_id, id, key, revision, title, difficulty, estimated_minutes, xp,
      pass_mark_hundredths, skills, prerequisites, definition, definition_hash, weights, state, author_id,
      version, created_at, updated_at)
    select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.key}, ${p.revision}::int, ${p.title}, ${p.difficulty},
      ${p.estimatedMinutes}::int, ${p.xp}::int, ${p.passMarkHundredths}::int, ${texts(p.skills)},
      ${texts(p.prerequisites)}, (${p.definition}::text)::jsonb, ${p.definitionHash}, (${p.weights}::text)::jsonb,
      'draft', ${p.authorId}::uuid, 1, ${p.at}::timestamptz, ${p.at}::timestamptz`,
);

/** Takes the other revisions of a scenario off the offer: one at most is on it. */
export const retireOtherRevisions = command<{ key: string; scenarioId: string; at: Instant }, never>(
  (p) => sql`
    update scenarios set state = 'retired', version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and key = ${p.key} and id <> ${p.scenarioId} and state = 'active'`,
);

export const setScenarioState = command<{ scenarioId: string; state: ScenarioState; at: Instant }, never>(
  (p) => sql`
    update scenarios set state = ${p.state}, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.scenarioId}`,
);
