import { sql } from "drizzle-orm";
import type { Instant, TicketField } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export interface FieldRow extends TicketField {
  description: string;
  position: number;
  isArchived: boolean;
  version: number;
  updatedAt: Instant;
}

const columns = sql.raw(`
  f.id, f.key, f.name, f.description, f.kind, f.choices -> 'options' as options, f.min, f.max,
  f.required_to as "requiredTo", f.customer_access as "customerAccess", f.position,
  f.archived_at is not null as "isArchived", f.version, f.updated_at as "updatedAt"`);

/** All fields in their order, archived ones too. */
export const listFields = query<Record<never, never>, FieldRow>(
  (p) => sql`
    select ${columns} from ticket_fields f where f.organization_id = ${p.organizationId}
    order by f.position, f.key`,
);

/** All fields, which nobody else changes until the unit ends: their order is one thing. */
export const lockFields = command<Record<never, never>, FieldRow>(
  (p) => sql`
    select ${columns} from ticket_fields f where f.organization_id = ${p.organizationId}
    order by f.id for update`,
);

export const lockField = command<{ id: string }, FieldRow>(
  (p) => sql`
    select ${columns} from ticket_fields f
    where f.organization_id = ${p.organizationId} and f.id = ${p.id} for update`,
);

interface EditedField {
  id: string;
  /** A JSON object of what an edit can change, by the names in code. */
  values: string;
  at: Instant;
}

const values = sql.raw(`r(name text, description text, options jsonb, min float8, max float8,
  "requiredTo" text, "customerAccess" text)`);

/** Behind all others. */
export const insertField = command<EditedField & { key: string; kind: string }, FieldRow>(
  (p) => sql`
    insert into ticket_fields as f (organization_id, id, key, kind, name, description, choices, min, max, required_to,
      customer_access, position, version, created_at, updated_at)
    select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.key}::text, ${p.kind}::text, r.name, r.description,
      jsonb_build_object('options', r.options), r.min, r.max, r."requiredTo", r."customerAccess",
      (select coalesce(max(o.position), 0) + 1 from ticket_fields o where o.organization_id = ${p.organizationId}), 1,
      ${p.at}::timestamptz, ${p.at}::timestamptz
    from jsonb_to_record((${p.values}::text)::jsonb) as ${values}
    returning ${columns}`,
);

export const updateField = command<EditedField, FieldRow>(
  (p) => sql`
    update ticket_fields f set name = r.name, description = r.description,
      choices = jsonb_build_object('options', r.options), min = r.min, max = r.max, required_to = r."requiredTo",
      customer_access = r."customerAccess", version = f.version + 1, updated_at = ${p.at}::timestamptz
    from jsonb_to_record((${p.values}::text)::jsonb) as ${values}
    where f.organization_id = ${p.organizationId} and f.id = ${p.id}
    returning ${columns}`,
);

/** Archives a field, or takes it back where `archivedAt` is null. Values of tickets stay. */
export const setFieldArchived = command<{ id: string; archivedAt: Instant | null; at: Instant }, FieldRow>(
  (p) => sql`
    update ticket_fields f set archived_at = ${p.archivedAt}::timestamptz, version = f.version + 1,
      updated_at = ${p.at}::timestamptz
    where f.organization_id = ${p.organizationId} and f.id = ${p.id}
    returning ${columns}`,
);

/** Puts fields into the order of a list of their ids; those that keep their place stay as they are. */
export const orderFields = command<{ ids: string; at: Instant }, { id: string }>(
  (p) => sql`
    update ticket_fields f set position = r.place::int, version = f.version + 1, updated_at = ${p.at}::timestamptz
    from unnest((${p.ids}::text)::uuid[]) with ordinality as r(field_id, place)
    where f.organization_id = ${p.organizationId} and f.id = r.field_id and f.position <> r.place
    returning f.id`,
);
