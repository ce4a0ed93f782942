import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export interface RoleRow {
  id: string;
  key: string;
  name: string;
  description: string;
  permissions: string[];
  isBuiltIn: boolean;
  version: number;
  updatedAt: Instant;
}

const columns = sql.raw(
  `id, key, name, description, permissions, is_built_in as "isBuiltIn", version, updated_at as "updatedAt"`,
);

export const listRoles = query<Record<never, never>, RoleRow>(
  (p) =>
    sql`select ${columns} from roles where organization_id = ${p.organizationId} order by is_built_in desc, key`,
);

/** A role that is about to be given: it cannot be deleted until the unit ends. Found by its id or its key. */
export const holdRole = command<{ id: string | null; key: string | null }, RoleRow>(
  (p) => sql`
    select ${columns} from roles
    where organization_id = ${p.organizationId} and (id = ${p.id}::uuid or key = ${p.key}::text)
    for key share`,
);

/** A role that is about to be changed or deleted: nobody is given it until the unit ends. */
export const lockRole = command<{ id: string }, RoleRow>(
  (p) => sql`
    select ${columns} from roles where organization_id = ${p.organizationId} and id = ${p.id}::uuid
    for update`,
);

/** Whether anybody has a role. Asked after it is locked: the locking statement may not see who got it while it waited. */
export const findRoleUse = query<{ id: string }, { isInUse: boolean }>(
  (p) => sql`
    select exists (
      select from users where organization_id = ${p.organizationId} and role_id = ${p.id}::uuid) as "isInUse"`,
);

export interface RoleValues {
  id: string;
  name: string;
  description: string;
  /** A JSON array. */
  permissions: string;
  at: Instant;
}

export const insertRole = command<RoleValues & { key: string }, RoleRow>(
  (p) => sql`
    insert into roles (organization_id, id, key, name, description, permissions, is_built_in, version, created_at, updated_at)
    select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.key}::text, ${p.name}::text, ${p.description}::text,
      array(select jsonb_array_elements_text((${p.permissions}::text)::jsonb)), false, 1, ${p.at}::timestamptz, ${p.at}::timestamptz
    returning ${columns}`,
);

export const updateRole = command<RoleValues, RoleRow>(
  (p) => sql`
    update roles set name = ${p.name}, description = ${p.description},
      permissions = array(select jsonb_array_elements_text((${p.permissions}::text)::jsonb)),
      version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.id}
    returning ${columns}`,
);

export const deleteRole = command<{ id: string }, never>(
  (p) =>
    sql`delete from roles where organization_id = ${p.organizationId} and id = ${p.id} and not is_built_in`,
);
