import { type TestDatabase, createTestDatabase } from "@helpdesk/testing";
import { getTableColumns } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sql, connect } from "../../connection.ts";
import { exportedColumns, tableNameOf } from "./rows.ts";
import { exportedTables, tablesNotExported } from "./tables.ts";

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

test("every table of the database is exported, or is named with the reason why not", async () => {
  const rows = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const decided = [
    ...exportedTables.map(({ table }) => table),
    ...tablesNotExported.map(([table]) => table),
  ].map(tableNameOf);
  // Drizzle's own: which steps the schema has taken.
  decided.push("migrations");
  expect(rows.length).toBeGreaterThan(70);
  expect(decided.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
});

test("every column of an exported table is in its rows, but for the organization and those named with a reason", async () => {
  for (const exported of exportedTables) {
    const name = tableNameOf(exported.table);
    const rows = await sql<{ name: string }[]>`
      select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = ${name} and column_name <> 'organization_id'`;
    const columns = getTableColumns(exported.table);
    const named = Object.keys(exported.without).map((key) => columns[key]?.name ?? `no column ${key}`);
    const inRows = Object.values(exportedColumns(exported)).map((column) => column.name);
    expect({ name, columns: [...inRows, ...named].toSorted() }).toEqual({
      name,
      columns: rows.map((row) => row.name).toSorted(),
    });
  }
});

/** What a name says of something that nobody but its owner should have. */
const SECRET = /hash|secret|token|storage_key|_key_id$|claim/;

test("no column whose name says that it is a secret is exported unless it is named here as none", () => {
  const found = exportedTables.flatMap((exported) =>
    Object.values(exportedColumns(exported))
      .filter((column) => SECRET.test(column.name))
      .map((column) => `${tableNameOf(exported.table)}.${column.name}`),
  );
  expect(found.toSorted()).toEqual([
    // Of chains and texts, which anybody may count again; ids; an instant.
    "audit_log.api_key_id",
    "audit_log.hash",
    "audit_log.prev_hash",
    "erasures.receipt_hash",
    "scenarios.definition_hash",
    "ticket_history.api_key_id",
    "training_events.hash",
    "training_sessions.definition_hash",
    "training_sessions.log_hash",
    "webhooks.previous_secret_ends_at",
  ]);
});
