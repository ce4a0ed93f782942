import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export interface SavedReportRow {
  id: string;
  name: string;
  ownerId: string | null;
  departmentId: string | null;
  definition: Record<string, unknown>;
  version: number;
  updatedAt: Instant;
}

const columns = sql.raw(
  `id, name, owner_id as "ownerId", department_id as "departmentId", definition, version, updated_at as "updatedAt"`,
);

/** The shared reports and those of one person, by name: a few hundred at most. */
export const listSavedReports = query<{ userId: string }, SavedReportRow>(
  (p) => sql`
    select ${columns} from saved_reports
    where organization_id = ${p.organizationId} and (owner_id is null or owner_id = ${p.userId})
    order by name, id`,
);

export const findSavedReport = query<{ id: string }, SavedReportRow>(
  (p) => sql`
    select ${columns} from saved_reports where organization_id = ${p.organizationId} and id = ${p.id}`,
);

export const lockSavedReport = command<{ id: string }, SavedReportRow>(
  (p) => sql`
    select ${columns} from saved_reports where organization_id = ${p.organizationId} and id = ${p.id} for update`,
);

/** How many a person has saved, or are shared where `ownerId` is null. */
export const countSavedReports = query<{ ownerId: string | null }, { count: number }>(
  (p) => sql`
    select count(*)::int as count from saved_reports
    where organization_id = ${p.organizationId} and owner_id is not distinct from ${p.ownerId}::uuid`,
);

interface SavedReportValues {
  id: string;
  name: string;
  ownerId: string | null;
  departmentId: string | null;
  /** A JSON object. */
  definition: string;
  at: Instant;
}

export const insertSavedReport = command<SavedReportValues, SavedReportRow>(
  (p) => sql`
    insert into saved_reports (organization_id, id, name, owner_id, department_id, definition, version, created_at, updated_at)
    values (${p.organizationId}, ${p.id}, ${p.name}, ${p.ownerId}, ${p.departmentId}, (${p.definition}::text)::jsonb, 1,
      ${p.at}, ${p.at})
    returning ${columns}`,
);

export const updateSavedReport = command<SavedReportValues, SavedReportRow>(
  (p) => sql`
    update saved_reports set name = ${p.name}, owner_id = ${p.ownerId}, department_id = ${p.departmentId},
      definition = (${p.definition}::text)::jsonb, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.id}
    returning ${columns}`,
);

export const deleteSavedReport = command<{ id: string }, never>(
  (p) => sql`delete from saved_reports where organization_id = ${p.organizationId} and id = ${p.id}`,
);
