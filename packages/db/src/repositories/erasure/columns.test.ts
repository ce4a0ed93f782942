import { type TestDatabase, createTestDatabase } from "@helpdesk/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sql, connect } from "../../connection.ts";
import { mentionTables } from "./mention-tables.ts";
import { otherColumns } from "./other-columns.fixtures.ts";

let database: TestDatabase;
let sql: Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = connect({ url: database.url, max: 1 });
});
afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

const searched = mentionTables.flatMap(({ table, texts = [], objects = [], unique }) =>
  [...texts, ...objects, ...(unique ? [unique.column] : [])].map((column) => `${table}.${column}`),
);

test("of every column that can hold a text it is decided how people are erased from it", async () => {
  const rows = await sql<{ place: string }[]>`
    select table_name || '.' || column_name as place
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE'
      and data_type not in ('uuid', 'integer', 'bigint', 'smallint', 'boolean', 'double precision', 'numeric', 'date',
        'timestamp with time zone', 'xid8')`;
  expect(rows.length).toBeGreaterThan(200);
  const decided = [...searched, ...Object.values(otherColumns).flat()];
  expect(decided.toSorted()).toEqual(rows.map(({ place }) => place).toSorted());
});

test("each table that is looked through is read by its key", async () => {
  const keys = await sql<{ table: string; columns: string[] }[]>`
    select conrelid::regclass::text as table, array_agg(attname::text order by place) as columns
    from pg_constraint, unnest(conkey) with ordinality as k (number, place)
    join pg_attribute on attnum = number
    where contype = 'p' and attrelid = conrelid and connamespace = 'public'::regnamespace group by 1`;
  const known = new Map(keys.map(({ table, columns }) => [table, columns]));
  for (const { table, key } of mentionTables)
    expect([table, "organization_id", ...key.map(([column]) => column)]).toEqual([
      table,
      ...known.get(table)!,
    ]);
});
