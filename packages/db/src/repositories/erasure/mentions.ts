import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { command } from "../../statement.ts";
import { textOf } from "../ticket-texts.ts";
import { type MentionTable, firstKeys, mentionTables } from "./mention-tables.ts";
import { replaceSlugs, slugTable } from "./slugs.ts";

/** Rows that one look reads at most. */
export const mentionWindow = 1_000;

/** A row that may name somebody: its key, and its columns by name. */
export type MentioningRow = Record<string, unknown>;

export interface MentionsPage {
  /** How many rows there were to look at. */
  size: number;
  /** The key of the last of them: a JSON array. */
  last: string | null;
  rows: MentioningRow[];
}

const names = (list: readonly string[]): SQL => sql.raw(list.join(", "));

function compiled(of: MentionTable) {
  const { table, key, texts = [], objects = [], unique, isOfThings = false, isVersioned = false } = of;
  const columns = [...texts, ...(unique ? [unique.column] : []), ...objects];
  const keys = key.map(([column]) => column);
  const selected = new Set([...keys, ...columns, ...(unique ? [unique.of] : [])]);
  const after = (json: SQLWrapper): SQL =>
    sql.join(
      key.map(([, type], i) => {
        const part = sql`((${json}::text)::jsonb ->> ${sql.raw(String(i))})::${sql.raw(type)}`;
        return sql`coalesce(${part}, ${sql.raw(`'${firstKeys[type]}'::${type}`)})`;
      }),
      sql`, `,
    );
  /** A window of rows after a key: how many there are, and those with the clue in one of their columns. */
  const find = command<{ after: string | null; clue: string; limit: number }, MentionsPage>(
    (p) => sql`
      with seen as (
        select ${names([...selected])} from ${sql.raw(table)}
        where organization_id = ${p.organizationId} and (${names(keys)}) > (${after(p.after)})
        order by ${names(keys)} limit ${p.limit}::int)
      select (select count(*)::int from seen) as size,
        (select jsonb_build_array(${names(keys)})::text from seen
          order by ${names(keys.map((column) => `${column} desc`))} limit 1) as last,
        coalesce((select jsonb_agg(to_jsonb(seen)) from seen
          where concat_ws(' ', ${names(columns)}) ~* ${p.clue}::text), '[]') as rows`,
  );
  const types = [
    ...columns.map((column) => `"${column}" ${objects.includes(column) ? "jsonb" : "text"}`),
    "old jsonb",
  ].join(", ");
  /** Writes rows whose columns are as `old` says still; tells how many. */
  const replace = command<{ rows: string }, { count: number }>(
    (p) => sql`
      with changed as (
        update ${sql.raw(table)} t set ${sql.raw(
          [
            ...columns.map((column) => `${column} = r.${column}`),
            ...(isVersioned ? ["version = t.version + 1"] : []),
          ].join(", "),
        )}
        from jsonb_to_recordset((${p.rows}::text)::jsonb) as r(${sql.raw(types)})
        where t.organization_id = ${p.organizationId} and ${sql.raw(
          [
            ...key.map(([column, type]) => `t.${column} = (r.old ->> '${column}')::${type}`),
            ...columns.map(
              (column) => `to_jsonb(t.${column}) is not distinct from nullif(r.old -> '${column}', 'null')`,
            ),
          ].join(" and "),
        )}
        returning 1)
      select count(*)::int as count from changed`,
  );
  return {
    table,
    keys,
    texts,
    objects,
    unique,
    isOfThings,
    find,
    replace: table === slugTable ? replaceSlugs : replace,
  };
}

export type Mentions = ReturnType<typeof compiled>;

export const mentions: readonly Mentions[] = mentionTables.map(compiled);

/** Brings what tickets are found by to their titles and descriptions. */
export const rewriteTicketTexts = command<{ ticketIds: string }, never>(
  (p) => sql`
    update ticket_texts x set search = ${textOf(sql`t.title`, sql`t.description`)} from tickets t
    where x.organization_id = ${p.organizationId} and t.organization_id = ${p.organizationId} and t.id = x.ticket_id
      and x.ticket_id in (select jsonb_array_elements_text((${p.ticketIds}::text)::jsonb)::uuid)`,
);
