import { sql } from "drizzle-orm";
import type { ImportKind, Instant } from "@helpdesk/domain";
import { recordset } from "../../sql.ts";
import { command, query } from "../../statement.ts";

export interface NamedPersonRow {
  id: string;
  email: string;
  name: string;
  isActive: boolean;
  permissions: string[];
}

/** People by their addresses, a JSON array of texts. */
export const findPeopleNamed = query<{ emails: string }, NamedPersonRow>(
  (p) => sql`
    select u.id, u.email, u.name, u.deactivated_at is null as "isActive", r.permissions
    from users u join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    where u.organization_id = ${p.organizationId} and not u.is_simulated
      and u.email = any(array(select jsonb_array_elements_text((${p.emails}::text)::jsonb)))`,
);

/** Makes customers who are not known, a JSON array of rows; who came meanwhile stays. */
export const insertCustomersNamed = command<{ people: string; at: Instant }, never>(
  (p) => sql`
    insert into users (organization_id, id, email, name, role_id, created_at, updated_at)
    select ${p.organizationId}::uuid, r.id, r.email, r.name, role.id, ${p.at}::timestamptz, ${p.at}::timestamptz
    from roles role, ${recordset(p.people, "id uuid, email text, name text")}
    where role.organization_id = ${p.organizationId} and role.key = 'customer'
    order by r.email
    on conflict (organization_id, email) do nothing`,
);

/** Makes tags that are not known, a JSON array of rows. */
export const insertTagsNamed = command<{ tags: string; at: Instant }, never>(
  (p) => sql`
    insert into tags (organization_id, id, name, created_at, updated_at)
    select ${p.organizationId}::uuid, r.id, r.name, ${p.at}::timestamptz, ${p.at}::timestamptz
    from ${recordset(p.tags, "id uuid, name text")} order by r.name
    on conflict (organization_id, name) do nothing`,
);

/** Tags by their names, a JSON array of texts. */
export const findTagsNamed = query<{ names: string }, { id: string; name: string }>(
  (p) => sql`
    select id, name from tags where organization_id = ${p.organizationId}
      and name = any(array(select jsonb_array_elements_text((${p.names}::text)::jsonb)))`,
);

/** What things are called where they came from, by a JSON array of texts. */
export const findImportKeys = query<
  { kind: ImportKind; externalIds: string },
  { externalId: string; thingId: string }
>(
  (p) => sql`
    select external_id as "externalId", thing_id as "thingId" from import_keys
    where organization_id = ${p.organizationId} and kind = ${p.kind}
      and external_id = any(array(select jsonb_array_elements_text((${p.externalIds}::text)::jsonb)))`,
);

/** Adds keys, a JSON array of rows. One that another import has made meanwhile stays the other's. */
export const insertImportKeys = command<{ kind: ImportKind; keys: string }, { thingId: string }>(
  (p) => sql`
    insert into import_keys (organization_id, kind, external_id, thing_id)
    select ${p.organizationId}::uuid, ${p.kind}, r."externalId", r."thingId"
    from ${recordset(p.keys, '"externalId" text, "thingId" uuid')} order by r."externalId"
    on conflict (organization_id, kind, external_id) do nothing
    returning thing_id as "thingId"`,
);
