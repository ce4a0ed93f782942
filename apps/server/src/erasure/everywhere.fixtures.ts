import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Sql } from "@helpdesk/db";

interface Column {
  schema: string;
  table: string;
  column: string;
  type: string;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Every place of the whole database with one of the needles in it, whatever the case: `table.column: needle`. */
export async function inDatabase(sql: Sql, needles: readonly string[]): Promise<string[]> {
  const columns = await sql<Column[]>`
    select c.table_schema as schema, c.table_name as table, c.column_name as column, c.data_type as type
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
      and c.data_type not in ('uuid', 'boolean', 'integer', 'smallint', 'bigint', 'date', 'timestamp with time zone')
    order by 1, 2, 3`;
  const found: string[] = [];
  for (const { schema, table, column, type } of columns) {
    const name = quoted(column);
    const text = type === "bytea" ? `encode(${name}, 'escape')` : `${name}::text`;
    const rows = await sql.unsafe<{ needle: string }[]>(
      `select needle from unnest($1::text[]) needle where exists (
        select from ${quoted(schema)}.${quoted(table)} where strpos(lower(${text}), lower(needle)) > 0)`,
      [needles as string[]],
    );
    found.push(...rows.map(({ needle }) => `${schema}.${table}.${column}: ${needle}`));
  }
  return found;
}

/** Every stored file with one of the needles in its bytes or its name. */
export async function inFiles(folder: string, needles: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const content = `${path} ${(await readFile(path)).toString("utf8")}`.toLowerCase();
    for (const needle of needles) if (content.includes(needle.toLowerCase())) found.push(`file: ${needle}`);
  }
  return [...new Set(found)];
}
