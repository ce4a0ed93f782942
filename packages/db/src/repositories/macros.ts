import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export interface MacroRow {
  id: string;
  name: string;
  description: string;
  departmentId: string | null;
  actions: Record<string, unknown>;
  isActive: boolean;
  version: number;
  updatedAt: Instant;
}

const columns = sql.raw(
  `id, name, description, department_id as "departmentId", actions, is_active as "isActive", version, updated_at as "updatedAt"`,
);

export const listMacros = query<Record<never, never>, MacroRow>(
  (p) => sql`select ${columns} from macros where organization_id = ${p.organizationId} order by name`,
);

export const findMacro = query<{ id: string }, MacroRow>(
  (p) => sql`select ${columns} from macros where organization_id = ${p.organizationId} and id = ${p.id}`,
);

export const lockMacro = command<{ id: string }, MacroRow>(
  (p) => sql`
    select ${columns} from macros where organization_id = ${p.organizationId} and id = ${p.id} for update`,
);

export interface MacroValues {
  id: string;
  name: string;
  description: string;
  departmentId: string | null;
  /** A JSON object. */
  actions: string;
  isActive: boolean;
  at: Instant;
}

export const insertMacro = command<MacroValues, MacroRow>(
  (p) => sql`
    insert into macros (organization_id, id, name, description, department_id, actions, is_active, version, created_at, updated_at)
    values (${p.organizationId}, ${p.id}, ${p.name}, ${p.description}, ${p.departmentId}, (${p.actions}::text)::jsonb,
      ${p.isActive}, 1, ${p.at}, ${p.at})
    returning ${columns}`,
);

export const updateMacro = command<MacroValues, MacroRow>(
  (p) => sql`
    update macros set name = ${p.name}, description = ${p.description}, department_id = ${p.departmentId},
      actions = (${p.actions}::text)::jsonb, is_active = ${p.isActive}, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.id}
    returning ${columns}`,
);

export const deleteMacro = command<{ id: string }, never>(
  (p) => sql`delete from macros where organization_id = ${p.organizationId} and id = ${p.id}`,
);
