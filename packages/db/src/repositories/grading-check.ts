import { type SQL, sql } from "drizzle-orm";
import { globalQuery } from "../statement.ts";
import { type GradingRow, gradingsInJson } from "./session-gradings.ts";
import {
  type AfterSession,
  type SessionEventRow,
  type SessionRow,
  isAfter,
  logOf,
  sessionColumns,
  sessionsOf,
} from "./sessions.ts";

export interface WrongGrading {
  organizationId: string;
  sessionId: string;
  revision: number;
  /** Hundredths of a point. */
  storedOverall: number;
  /** Null where the row lacks what it derives from. */
  derivedOverall: number | null;
  storedIsPassed: boolean;
}

/** The names of sections in `weights`, with the columns of their scores. */
const sections = {
  verification: "verification_hundredths",
  communication: "communication_hundredths",
  technical: "technical_hundredths",
  documentation: "documentation_hundredths",
  responseTime: "response_time_hundredths",
};

const sumOf = (of: (name: string, column: string) => string): SQL =>
  sql.raw(
    Object.entries(sections)
      .map(([name, column]) => `case when m.${column} is null then 0 else ${of(name, column)} end`)
      .join(" + "),
  );
const weight = (name: string) => `(m.weights ->> '${name}')::bigint`;

/** Σ(weight · section) / Σ weight of the sections there are, halves up, and then the lowest cap. */
const derived = sql`
  select m.organization_id, m.training_session_id, m.revision, m.overall_hundredths, m.raw_hundredths, m.is_passed,
    m.cap_hundredths, c.pass_mark_hundredths, s.ending,
    ${sumOf((name, column) => `${weight(name)} * m.${column}`)} as earned, ${sumOf(weight)} as whole
  from performance_metrics m
  join training_sessions s on s.organization_id = m.organization_id and s.id = m.training_session_id
  join scenarios c on c.organization_id = s.organization_id and c.id = s.scenario_id`;

/** Gradings of all organizations that do not follow from their own row: none, or somebody wrote behind the product. */
export const findWrongGradings = globalQuery<Record<never, never>, WrongGrading>(
  () => sql`
    with scored as (
      select d.*, case when d.whole = 0 then 0 else (2 * d.earned + d.whole) / (2 * d.whole) end as raw from (${derived}) d),
    capped as (
      select scored.*, case when raw is not null then least(raw, cap_hundredths) end as overall from scored)
    select organization_id as "organizationId", training_session_id as "sessionId", revision,
      overall_hundredths as "storedOverall", overall::int as "derivedOverall",
      is_passed as "storedIsPassed"
    from capped
    where raw_hundredths is distinct from raw or overall_hundredths is distinct from overall
      or is_passed is distinct from (overall >= pass_mark_hundredths and ending <> 'abandoned')
    order by organization_id, training_session_id, revision`,
);

export interface EndedSession extends SessionRow {
  organizationId: string;
  definition: unknown;
  log: SessionEventRow[];
  gradings: GradingRow[];
}

/** Ended sessions of all organizations with all that their scores follow from, after one. */
export const listEndedSessions = globalQuery<AfterSession & { limit: number }, EndedSession>(
  (p) => sql`
    select s.organization_id as "organizationId", ${sessionColumns}, c.definition, ${logOf(sql`s.organization_id`)} as log,
      ${gradingsInJson(sql`s.organization_id`)} as gradings
    from ${sessionsOf(sql`s.organization_id`)}
    where s.ended_at is not null and ${isAfter(p)}
    order by s.organization_id, s.id limit ${p.limit}::int`,
);
