import { type SQL, sql } from "drizzle-orm";
import { difficulties, type Difficulty, type ScenarioState } from "@helpdesk/domain";
import { type Params, query, shaped } from "../statement.ts";
import { countedSessions } from "./counted-sessions.ts";

/** A scenario as a trainee sees it, with what they made of it so far. Scores are hundredths of a point. */
export interface OfferedScenarioRow {
  id: string;
  key: string;
  revision: number;
  title: string;
  /** What titles are ordered by: as much of it as a cursor can hold. */
  sortTitle: string;
  difficulty: Difficulty;
  estimatedMinutes: number;
  xp: number;
  passMarkHundredths: number;
  skills: string[];
  /** Those that are offered, in the order that the scenario names them. */
  prerequisites: { key: string; title: string; isPassed: boolean }[];
  state: ScenarioState;
  /** Ended sessions on the real clock. */
  attempts: number;
  bestHundredths: number | null;
  isPassed: boolean;
  activeSessionId: string | null;
}

export interface OfferedScenarios {
  userId: string;
  state: ScenarioState;
  difficulty: Difficulty | null;
  skill: string | null;
  /** A LIKE pattern. */
  pattern: string | null;
  afterDifficulty: Difficulty | null;
  afterTitle: string | null;
  afterId: string | null;
}

type P = Params<OfferedScenarios>;

const rankOf = (value: SQL): SQL =>
  sql`array_position(array[${sql.raw(difficulties.map((one) => `'${one}'`).join(", "))}], ${value})`;

const sortTitle = sql.raw("left(c.title, 40)");

const isStarted = sql`(r.scenario_key is not null or a.id is not null)`;

const filters = {
  difficulty: (p: P) => sql`c.difficulty = ${p.difficulty}::text`,
  skill: (p: P) => sql`c.skills @> array[${p.skill}::text]`,
  search: (p: P) => sql`c.title ilike ${p.pattern}::text`,
  not_started: () => sql`not ${isStarted}`,
  attempted: () => sql`${isStarted} and r.is_passed is not true`,
  passed: () => sql`r.is_passed`,
  after: (p: P) =>
    sql`(${rankOf(sql`c.difficulty`)}, ${sortTitle}, c.id) > (${rankOf(sql`${p.afterDifficulty}::text`)}, ${p.afterTitle}::text, ${p.afterId}::uuid)`,
};

export type ScenarioFilter = keyof typeof filters;

type Asked = Params<{ userId: string }>;

/** A person's results by scenario: their counted sessions. */
const results = ({ organizationId, userId }: Asked): SQL => sql`
  select s.scenario_key, count(*)::int as attempts, max(m.overall_hundredths) as best, bool_or(m.is_passed) as is_passed
  from ${countedSessions(organizationId)} and s.user_id = ${userId}::uuid
  group by s.scenario_key`;

const columns = ({ organizationId }: Asked): SQL => sql`
  c.id, c.key, c.revision, c.title, ${sortTitle} as "sortTitle", c.difficulty, c.estimated_minutes as "estimatedMinutes", c.xp,
  c.pass_mark_hundredths as "passMarkHundredths", c.skills, c.state,
  coalesce((select jsonb_agg(jsonb_build_object('key', b.key, 'title', b.title, 'isPassed',
      exists (select from results t where t.scenario_key = b.key and t.is_passed)) order by n.place)
    from unnest(c.prerequisites) with ordinality as n(key, place)
    join scenarios b on b.organization_id = ${organizationId} and b.key = n.key and b.state = 'active'), '[]') as prerequisites,
  coalesce(r.attempts, 0) as attempts, r.best as "bestHundredths", coalesce(r.is_passed, false) as "isPassed",
  a.id as "activeSessionId"`;

const withResults = ({ organizationId, userId }: Asked): SQL => sql`
  scenarios c
  left join results r on r.scenario_key = c.key
  left join training_sessions a on a.organization_id = ${organizationId} and a.user_id = ${userId}::uuid
    and a.scenario_key = c.key and a.ended_at is null`;

const compiled = shaped((shape: string) => {
  const [limit, ...named] = shape.split(" ") as [string, ...ScenarioFilter[]];
  return query<OfferedScenarios, OfferedScenarioRow>((p) => {
    const conditions = [
      sql`c.organization_id = ${p.organizationId} and c.state = ${p.state}::text`,
      ...named.map((name) => filters[name](p)),
    ];
    return sql`
      with results as materialized (${results(p)})
      select ${columns(p)} from ${withResults(p)}
      where ${sql.join(conditions, sql` and `)}
      order by ${rankOf(sql`c.difficulty`)}, ${sortTitle}, c.id limit ${sql.raw(limit)}`;
  });
});

/** The statement for a page of scenarios with these filters, the easy ones first. */
export const listScenarios = (limit: number, named: ScenarioFilter[]) =>
  compiled([limit, ...named].join(" "));

/** Any revision, by its id. */
export const findScenario = query<
  { userId: string; scenarioId: string },
  OfferedScenarioRow & { definition: Record<string, unknown> }
>(
  (p) => sql`
    with results as materialized (${results(p)})
    select ${columns(p)}, c.definition from ${withResults(p)}
    where c.organization_id = ${p.organizationId} and c.id = ${p.scenarioId}::uuid`,
);

/** The scenarios that somebody has passed, for what they unlock. */
export const listPassedScenarios = query<{ userId: string }, { key: string }>(
  (p) => sql`select r.scenario_key as key from (${results(p)}) r where r.is_passed`,
);
