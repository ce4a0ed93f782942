import { createTestDatabase, type TestDatabase } from "@helpdesk/testing";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";

const GLOBAL = ["achievements", "migrations", "organizations", "outbox_cursors"];

/** References to rows that are deactivated, archived or kept, never deleted: an index would only cost. */
const KEPT = new Set([
  "users",
  "api_keys",
  "ticket_statuses",
  "sla_policies",
  "business_calendars",
  "departments",
  "organizations",
  "achievements",
  "training_sessions",
]);

interface Constraint {
  name: string;
  table: string;
  type: "p" | "u" | "f" | "c";
  columns: string[];
  target: string | null;
  targetColumns: string[] | null;
  onDelete: string;
  onUpdate: string;
}

interface Index {
  name: string;
  table: string;
  isUnique: boolean;
  columns: string[];
  definition: string;
  predicate: string | null;
}

let database: TestDatabase;
let sql: postgres.Sql;
let tables: string[];
let constraints: Constraint[];
let indexes: Index[];

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 1 });
  const rows = await sql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`;
  tables = rows.map((row) => row.name);
  constraints = await sql<Constraint[]>`
    select conname as name, relname as table, contype as type, confrelid::regclass::text as target,
      (select array_agg(attname::text order by place) from unnest(conkey) with ordinality as k (number, place)
        join pg_attribute on attrelid = conrelid and attnum = number) as columns,
      (select array_agg(attname::text order by place) from unnest(confkey) with ordinality as k (number, place)
        join pg_attribute on attrelid = confrelid and attnum = number) as "targetColumns",
      confdeltype as "onDelete", confupdtype as "onUpdate"
    from pg_constraint join pg_class on pg_class.oid = conrelid
    where relnamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c')`;
  indexes = await sql<Index[]>`
    select i.relname as name, t.relname as table, indisunique as "isUnique", pg_get_indexdef(indexrelid) as definition,
      pg_get_expr(indpred, indrelid) as predicate,
      (select array_agg(attname::text order by place) from unnest(indkey) with ordinality as k (number, place)
        join pg_attribute on attrelid = indrelid and attnum = number) as columns
    from pg_index join pg_class i on i.oid = indexrelid join pg_class t on t.oid = indrelid
    where t.relnamespace = 'public'::regnamespace`;
});

afterAll(async () => {
  await sql?.end();
  await database?.[Symbol.asyncDispose]();
});

const isTenant = ({ table }: { table: string }) => !GLOBAL.includes(table);
const ofType = (type: Constraint["type"]) =>
  constraints.filter((each) => each.type === type && isTenant(each));
const names = (list: { name: string }[]) => list.map((each) => each.name);

test("every table but the listed global ones has an organization that is never null", async () => {
  const owned = await sql<{ table: string }[]>`
    select attrelid::regclass::text as table from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind = 'r' and attname = 'organization_id' and attnotnull order by 1`;
  expect(tables.length).toBeGreaterThan(45);
  expect(owned.map((row) => row.table)).toEqual(tables.filter((table) => !GLOBAL.includes(table)));
});

test("every primary key and unique key starts with the organization", () => {
  expect(ofType("p")).toHaveLength(tables.length - GLOBAL.length);
  const unique = indexes.filter((index) => index.isUnique && isTenant(index));
  expect(unique.length).toBeGreaterThan(70);
  expect(names(unique.filter((index) => index.columns[0] !== "organization_id"))).toEqual([]);
});

test("every reference stays in its organization, or goes to a global table", () => {
  const leaving = ofType("f").filter(
    ({ target, columns, targetColumns }) =>
      !GLOBAL.includes(target!) &&
      (columns[0] !== "organization_id" || targetColumns?.[0] !== "organization_id"),
  );
  expect(ofType("f").length).toBeGreaterThan(70);
  expect(names(leaving)).toEqual([]);
});

test("every tenant table reaches its organization by references that cannot be null", async () => {
  const rows = await sql<{ place: string }[]>`
    select attrelid::regclass || '.' || attname as place from pg_attribute where attnotnull and attnum > 0`;
  const required = new Set(rows.map((row) => row.place));
  const reached = new Set(["organizations"]);
  for (let size = 0; size !== reached.size;) {
    size = reached.size;
    for (const { table, target, columns } of ofType("f")) {
      const isRequired = columns.every((column) => required.has(`${table}.${column}`));
      if (isRequired && columns.includes("organization_id") && reached.has(target!)) reached.add(table);
    }
  }
  expect(tables.filter((table) => !GLOBAL.includes(table) && !reached.has(table))).toEqual([]);
});

test("a delete cascades or is refused, and no key is ever rewritten by an update", () => {
  expect(
    names(ofType("f").filter(({ onDelete, onUpdate }) => !"ac".includes(onDelete) || onUpdate !== "a")),
  ).toEqual([]);
});

test("history, SLA cycles, training logs and the audit never vanish by cascade", () => {
  const kept = [
    "ticket_history",
    "sla_cycles",
    "sla_recounts",
    "training_events",
    "performance_metrics",
    "audit_log",
  ];
  const references = ofType("f").filter(({ table }) => kept.includes(table));
  expect(new Set(references.map(({ table }) => table))).toEqual(new Set(kept));
  expect(names(references.filter(({ onDelete }) => onDelete !== "a"))).toEqual([]);
});

test("every reference whose target can be deleted has an index to find what refers to it", () => {
  const bare = ofType("f").filter(
    ({ table, target, columns, onDelete }) =>
      !(onDelete === "a" && KEPT.has(target!)) &&
      !indexes.some(
        (index) =>
          index.table === table &&
          (index.predicate === null || index.predicate === `(${columns.at(-1)} IS NOT NULL)`) &&
          columns.every((column) => index.columns.slice(0, columns.length).includes(column)),
      ),
  );
  expect(names(bare)).toEqual([]);
});

test("there are no triggers, rules, sequences or identity columns, and indexes ascend", async () => {
  expect(await sql`select tgname from pg_trigger where not tgisinternal`).toHaveLength(0);
  expect(await sql`select relname from pg_class where relkind = 'S'`).toHaveLength(0);
  expect(await sql`select attname from pg_attribute where attidentity <> ''`).toHaveLength(0);
  expect(names(indexes.filter((index) => /\b(DESC|NULLS FIRST)\b/.test(index.definition)))).toEqual([]);
});

test("no column is given an id or an instant by the database, only the number of its transaction", async () => {
  const defaults = await sql<{ place: string; expression: string }[]>`
    select adrelid::regclass || '.' || attname as place, pg_get_expr(adbin, adrelid) as expression
    from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum
      join pg_class on pg_class.oid = adrelid and relnamespace = 'public'::regnamespace
    where attgenerated = ''`;
  expect(defaults.length).toBeGreaterThan(20);
  const made = defaults.filter(({ expression }) => /\(/.test(expression));
  expect(made.map(({ place, expression }) => `${place} = ${expression}`).toSorted()).toEqual([
    "events.transaction_id = pg_current_xact_id()",
    "notifications.transaction_id = pg_current_xact_id()",
  ]);
});

test("constraint and index names say their table, so that one list can map them", () => {
  const named = [...constraints, ...indexes].filter(({ name, table }) => !name.startsWith(`${table}_`));
  expect(names(named)).toEqual([]);
  // PostgreSQL cuts longer names without a word.
  expect(names(constraints.filter(({ name }) => name.length > 60))).toEqual([]);
});

test("a reference into another organization cannot be written", async () => {
  const [one, other, role] = [
    "00000000-0000-8000-8000-00000000000a",
    "00000000-0000-8000-8000-00000000000b",
    "00000000-0000-8000-8000-00000000000c",
  ];
  const at = "2026-01-05T08:00:00Z";
  for (const [id, slug] of [
    [one, "one"],
    [other, "other"],
  ] as const) {
    await sql`insert into organizations (id, slug, name, time_zone, created_at, updated_at) values (${id!}, ${slug}, ${slug}, 'UTC', ${at}, ${at})`;
  }
  await sql`insert into roles (organization_id, id, key, name, permissions, created_at, updated_at) values (${one!}, ${role!}, 'r', 'R', '{}', ${at}, ${at})`;
  const addUser = (organization: string, id: string) =>
    sql`insert into users (organization_id, id, email, name, role_id, created_at, updated_at) values (${organization}, ${id}, 'a@example.com', 'A', ${role!}, ${at}, ${at})`;
  await expect(addUser(other!, "00000000-0000-8000-8000-00000000000d")).rejects.toThrow("users_role_fk");
  await expect(addUser(one!, "00000000-0000-8000-8000-00000000000d")).resolves.toHaveLength(0);
});
