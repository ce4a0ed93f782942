import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Instant, SupervisionScope } from "@helpdesk/domain";
import { query, shaped } from "../statement.ts";
import { type GradingRow, currentGradingInJson } from "./session-gradings.ts";
import { type SessionRow, sessionColumns, sessionsOf } from "./sessions.ts";

export interface SessionSummaryRow extends SessionRow {
  /** The current one. */
  grading: GradingRow | null;
}

export interface ListSessions {
  readerId: string;
  /** The people of the departments that the reader manages, as an array literal. */
  ledIds: string;
  userId: string | null;
  key: string | null;
  difficulty: string | null;
  isActive: boolean | null;
  isVirtual: boolean | null;
  afterValue: Instant;
  afterId: string;
  limit: number;
}

interface ReaderSlots {
  readerId: SQLWrapper;
  ledIds: SQLWrapper;
}

/** The sessions called `s` that a reader may list: `supervises` of the domain, in SQL. Nobody trains themselves. */
export const sessionScopes: Record<Exclude<SupervisionScope, "none"> | "own", (p: ReaderSlots) => SQL> = {
  own: (p) => sql`s.user_id = ${p.readerId}::uuid`,
  organization: (p) => sql`s.user_id <> ${p.readerId}::uuid`,
  departments: (p) => sql`s.user_id <> ${p.readerId}::uuid and s.user_id = any((${p.ledIds}::text)::uuid[])`,
};

/** Sessions in a scope, the latest first. */
export const listSessions = shaped((scope: keyof typeof sessionScopes) =>
  query<ListSessions, SessionSummaryRow>(
    (p) => sql`
      select ${sessionColumns}, ${currentGradingInJson(p.organizationId)} as grading
      from ${sessionsOf(p.organizationId)}
      where s.organization_id = ${p.organizationId} and ${sessionScopes[scope](p)}
        and (${p.userId}::uuid is null or s.user_id = ${p.userId}::uuid)
        and (${p.key}::text is null or s.scenario_key = ${p.key}::text)
        and (${p.difficulty}::text is null or c.difficulty = ${p.difficulty}::text)
        and (${p.isActive}::boolean is null or (s.ended_at is null) = ${p.isActive}::boolean)
        and (${p.isVirtual}::boolean is null or s.is_virtual = ${p.isVirtual}::boolean)
        and (s.started_at, s.id) < (${p.afterValue}::timestamptz, ${p.afterId}::uuid)
      order by s.started_at desc, s.id desc limit ${p.limit}::int`,
  ),
);
