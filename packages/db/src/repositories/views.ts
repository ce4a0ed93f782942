import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { recordset } from "../sql.ts";
import { command, query } from "../statement.ts";

export interface ViewRow {
  id: string;
  name: string;
  ownerId: string | null;
  departmentId: string | null;
  conditions: Record<string, unknown>;
  sort: string;
  position: number;
  version: number;
  updatedAt: Instant;
}

const columns = sql.raw(
  `id, name, owner_id as "ownerId", department_id as "departmentId", conditions, sort, position, version, updated_at as "updatedAt"`,
);

/** The shared views and those of one person, in their order. */
export const listViews = query<{ userId: string }, ViewRow>(
  (p) => sql`
    select ${columns} from views
    where organization_id = ${p.organizationId} and (owner_id is null or owner_id = ${p.userId})
    order by owner_id, position, name, id`,
);

export const findView = query<{ id: string }, ViewRow>(
  (p) => sql`select ${columns} from views where organization_id = ${p.organizationId} and id = ${p.id}`,
);

export const lockView = command<{ id: string }, ViewRow>(
  (p) => sql`
    select ${columns} from views where organization_id = ${p.organizationId} and id = ${p.id} for update`,
);

/** The shared views and those of one person, locked in the order of their ids. */
export const lockViews = command<{ userId: string }, ViewRow>(
  (p) => sql`
    select ${columns} from views
    where organization_id = ${p.organizationId} and (owner_id is null or owner_id = ${p.userId})
    order by id for update`,
);

export interface ViewValues {
  id: string;
  name: string;
  ownerId: string | null;
  departmentId: string | null;
  /** A JSON object. */
  conditions: string;
  sort: string;
  at: Instant;
}

/** How many views a person has, or are shared where `ownerId` is null. */
export const countViews = query<{ ownerId: string | null }, { count: number }>(
  (p) => sql`
    select count(*)::int as count from views
    where organization_id = ${p.organizationId} and owner_id is not distinct from ${p.ownerId}::uuid`,
);

/** Comes last of its kind: of the owner's, or of the shared ones. */
export const insertView = command<ViewValues, ViewRow>(
  (p) => sql`
    insert into views (organization_id, id, name, owner_id, department_id, conditions, sort, position, version, created_at, updated_at)
    select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.name}, ${p.ownerId}::uuid, ${p.departmentId}::uuid,
      (${p.conditions}::text)::jsonb, ${p.sort}, coalesce(max(v.position) + 1, 0), 1, ${p.at}::timestamptz, ${p.at}::timestamptz
    from views v
    where v.organization_id = ${p.organizationId} and v.owner_id is not distinct from ${p.ownerId}::uuid
    returning ${columns}`,
);

export const updateView = command<ViewValues, ViewRow>(
  (p) => sql`
    update views set name = ${p.name}, owner_id = ${p.ownerId}, department_id = ${p.departmentId},
      conditions = (${p.conditions}::text)::jsonb, sort = ${p.sort}, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.id}
    returning ${columns}`,
);

export const deleteView = command<{ id: string }, never>(
  (p) => sql`delete from views where organization_id = ${p.organizationId} and id = ${p.id}`,
);

/** A JSON array of ids with positions. */
export const placeViews = command<{ places: string }, never>(
  (p) => sql`
    update views v set position = r.position
    from ${recordset(p.places, "id uuid, position int")}
    where v.organization_id = ${p.organizationId} and v.id = r.id`,
);
