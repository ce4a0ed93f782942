import type { Sql } from "@helpdesk/db";
import { newId } from "@helpdesk/testing/tenant-wall";

export interface Copied {
  scenarioId: string;
  key: string;
  version: number;
}

interface Copy {
  key: string;
  revision: number;
  title: string;
  prerequisites: string[];
}

/** A copy of a scenario of the organization under a key of its own: learning anew would take a second each time. */
export async function copiedScenario(
  sql: Sql,
  organizationId: string,
  state: "draft" | "active" | "retired",
  { key = `c${newId()}`, revision = 1, title = "A copy", prerequisites = [] }: Partial<Copy> = {},
): Promise<Copied> {
  const scenarioId = newId();
  await sql`
    insert into scenarios (organization_id, id, key, revision, title, difficulty, estimated_minutes, xp,
      pass_mark_hundredths, skills, prerequisites, definition, definition_hash, weights, state, created_at, updated_at)
    select organization_id, ${scenarioId}, ${key}, ${revision}, ${title}, difficulty, estimated_minutes, xp, pass_mark_hundredths,
      skills, ${prerequisites}, definition, definition_hash, weights, ${state}, created_at, updated_at
    from scenarios where organization_id = ${organizationId} and author_id is null order by key limit 1`;
  return { scenarioId, key, version: 1 };
}
