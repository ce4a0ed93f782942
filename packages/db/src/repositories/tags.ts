import { type SQL, sql } from "drizzle-orm";
import type { Instant, TagUser } from "@helpdesk/domain";
import { type Params, command, query } from "../statement.ts";

export interface TagRow {
  id: string;
  name: string;
  color: string;
  version: number;
  updatedAt: Instant;
}

const columns = sql.raw(`g.id, g.name, g.color, g.version, g.updated_at as "updatedAt"`);

export const listTags = query<Record<never, never>, TagRow>(
  (p) => sql`select ${columns} from tags g where g.organization_id = ${p.organizationId} order by g.name`,
);

/** Tags by id or by name (a JSON array each) that are about to be used: they cannot be deleted until the unit ends. */
export const holdTags = command<{ ids: string; names: string }, TagRow>(
  (p) => sql`
    select ${columns} from tags g
    where g.organization_id = ${p.organizationId} and (
      g.id in (select i::uuid from jsonb_array_elements_text((${p.ids}::text)::jsonb) i)
      or g.name in (select n from jsonb_array_elements_text((${p.names}::text)::jsonb) n))
    order by g.name
    for key share of g`,
);

export const lockTag = command<{ id: string }, TagRow>(
  (p) => sql`
    select ${columns} from tags g where g.organization_id = ${p.organizationId} and g.id = ${p.id} for update of g`,
);

/** The tags of a JSON array of names. */
export const findTagIds = query<{ names: string }, { id: string; name: string }>(
  (p) => sql`
    select g.id, g.name from tags g
    where g.organization_id = ${p.organizationId}
      and g.name in (select n from jsonb_array_elements_text((${p.names}::text)::jsonb) n)`,
);

const naming = (
  p: Params<{ id: string }>,
  user: TagUser,
  table: string,
  column: string,
  keys: string[],
): SQL => sql`
  select ${sql.raw(`'${user}'`)} as "usedBy" where exists (
    select from ${sql.raw(table)} n where n.organization_id = ${p.organizationId} and (${sql.join(
      keys.map((key) => sql`n.${sql.raw(column)} -> ${sql.raw(`'${key}'`)} ? (${p.id}::uuid)::text`),
      sql` or `,
    )}))`;

/** What has the tag, or names it. */
export const findTagUses = query<{ id: string }, { usedBy: TagUser }>(
  (p) => sql`
    select 'ticket' as "usedBy" where exists (
      select from ticket_tags l where l.organization_id = ${p.organizationId} and l.tag_id = ${p.id})
    union all ${naming(p, "view", "views", "conditions", ["tagIds", "allTagIds", "noTagIds"])}
    union all ${naming(p, "template", "ticket_templates", "defaults", ["tagIds"])}
    union all ${naming(p, "macro", "macros", "actions", ["addTagIds", "removeTagIds"])}
    union all ${naming(p, "sla_policy", "sla_policies", "conditions", ["tagIds"])}
    union all select 'retention_rule' where exists (
      select from retention_rules r where r.organization_id = ${p.organizationId} and r.except_tag_id = ${p.id})`,
);

interface TagValues {
  id: string;
  name: string;
  color: string;
  at: Instant;
}

export const insertTag = command<TagValues, TagRow>(
  (p) => sql`
    insert into tags as g (organization_id, id, name, color, version, created_at, updated_at)
    values (${p.organizationId}, ${p.id}, ${p.name}, ${p.color}, 1, ${p.at}, ${p.at})
    returning ${columns}`,
);

export const updateTag = command<TagValues, TagRow>(
  (p) => sql`
    update tags g set name = ${p.name}, color = ${p.color}, version = version + 1, updated_at = ${p.at}
    where organization_id = ${p.organizationId} and id = ${p.id}
    returning ${columns}`,
);

export const deleteTag = command<{ id: string }, never>(
  (p) => sql`delete from tags where organization_id = ${p.organizationId} and id = ${p.id}`,
);

/** The tags of a locked ticket become exactly these: a JSON array of ids. */
export const writeTicketTags = command<{ ticketId: string; tagIds: string }, never>(
  (p) => sql`
    with wanted as (select i::uuid as id from jsonb_array_elements_text((${p.tagIds}::text)::jsonb) i),
    gone as (
      delete from ticket_tags where organization_id = ${p.organizationId} and ticket_id = ${p.ticketId}
        and tag_id not in (select id from wanted))
    insert into ticket_tags (organization_id, ticket_id, tag_id)
    select ${p.organizationId}::uuid, ${p.ticketId}::uuid, id from wanted
    on conflict do nothing`,
);
