import { createTestDatabase, type TestDatabase } from "@helpdesk/testing";
import { and, eq, sql as text } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Sql } from "./connection.ts";
import { departments, organizations } from "./schema/index.ts";
import { seededId } from "./seed/ids.ts";
import { build, command, globalQuery, query, shaped } from "./statement.ts";
import { read, transact } from "./unit.ts";

const lumen = seededId("demo/organization");
const northwind = seededId("northwind/organization");

let database: TestDatabase;
let sql: Sql;

beforeAll(async () => {
  database = await createTestDatabase({ template: "seeded" });
  sql = connect({ url: database.url, max: 1 });
});

afterAll(async () => {
  await sql.end({ timeout: 5 });
  await database[Symbol.asyncDispose]();
});

const named = query<{ name: string }, { called: string; version: number; archivedAt: string | null }>((p) =>
  build
    .select({ called: departments.name, version: departments.version, archivedAt: departments.archivedAt })
    .from(departments)
    .where(and(eq(departments.organizationId, p.organizationId), eq(departments.name, p.name))),
);

test("a builder's columns arrive under the names of its selection", async () => {
  const rows = await named(read(sql, lumen), { name: "Technical support" });
  expect(rows).toEqual([{ called: "Technical support", version: 1, archivedAt: null }]);
});

test("the columns of a statement in SQL arrive under their own names, whatever their order", async () => {
  const swapped = query<{ a: string; b: string }, { second: string; first: string }>(
    (p) => text`select ${p.b}::text as second, ${p.a}::text as first where ${p.organizationId} <> ''`,
  );
  await expect(swapped(read(sql, lumen), { a: "1", b: "2" })).resolves.toEqual([{ first: "1", second: "2" }]);
});

test("a builder that writes answers with what it returns", async () => {
  const rename = command<{ from: string; to: string }, { name: string; version: number }>((p) =>
    build
      .update(departments)
      .set({ name: text`${p.to}` })
      .where(and(eq(departments.organizationId, p.organizationId), eq(departments.name, p.from)))
      .returning({ name: departments.name, version: departments.version }),
  );
  const rows = await transact(sql, northwind, (unit) => rename(unit, { from: "Workshop", to: "Repairs" }));
  expect(rows).toEqual([{ name: "Repairs", version: 1 }]);
});

test("first is undefined where there is no row", async () => {
  await expect(named.first(read(sql, lumen), { name: "Nowhere" })).resolves.toBeUndefined();
});

test("a statement that does not name its organization is not made", () => {
  expect(() => query(() => text`select 1`)).toThrow("does not name its organization");
  expect(() => command(() => text`delete from tickets`)).toThrow("does not name its organization");
  expect(() => query(() => build.select().from(organizations))).toThrow("does not name its organization");
  expect(() => globalQuery(() => text`select 1`)).not.toThrow();
});

test("the organization is the reader's, whatever the parameters say", async () => {
  const own = query<{ unused: string }, { id: string }>(
    (p) => text`select ${p.organizationId}::text as id, ${p.unused}`,
  );
  const sly = { unused: "", organizationId: northwind };
  await expect(own.first(read(sql, lumen), sly)).resolves.toMatchObject({ id: lumen });
});

test("instants arrive in ISO 8601 with milliseconds, whatever the digits and the session that wrote them", async () => {
  const instants = globalQuery<Record<never, never>, Record<string, string | null>>(
    () => text`select '2026-01-12 08:00:00+00'::timestamptz as whole, '2026-01-12 08:00:00.5+00'::timestamptz as tenth,
      '2026-01-12 08:00:00.123999+00'::timestamptz as micro, '2026-01-12 08:00:00.120+05:30'::timestamptz as elsewhere,
      '0099-12-31 23:59:59.999+00'::timestamptz as old, null::timestamptz as never`,
  );
  await expect(instants.first(read(sql, lumen))).resolves.toEqual({
    whole: "2026-01-12T08:00:00.000Z",
    tenth: "2026-01-12T08:00:00.500Z",
    micro: "2026-01-12T08:00:00.123Z",
    elsewhere: "2026-01-12T02:30:00.120Z",
    old: "0099-12-31T23:59:59.999Z",
    never: null,
  });
});

test("counts and sums are numbers, dates are days, arrays are arrays", async () => {
  const values = globalQuery<Record<never, never>, Record<string, unknown>>(
    () => text`select count(*) as count, sum(n) as sum, '2026-05-25'::date as day, array_agg(n::text) as texts,
      jsonb_build_object('n', 1.5) as json from generate_series(1, 3) as n`,
  );
  await expect(values.first(read(sql, lumen))).resolves.toEqual({
    count: 3,
    sum: 6,
    day: "2026-05-25",
    texts: ["1", "2", "3"],
    json: { n: 1.5 },
  });
});

test("an instant goes in as it came out", async () => {
  const echo = globalQuery<{ at: string }, { at: string }>((p) => text`select ${p.at}::timestamptz as at`);
  const at = "2026-03-29T00:59:59.999Z";
  await expect(echo.first(read(sql, lumen), { at })).resolves.toEqual({ at });
});

test("a statement is parsed once for a connection", async () => {
  const marked = query<{ n: number }, { n: number }>(
    (p) => text`select ${p.n}::int as n, 'parsed once' as mark where ${p.organizationId} <> ''`,
  );
  for (const n of [1, 2, 3]) expect(await marked.first(read(sql, lumen), { n })).toMatchObject({ n });
  const known = await sql.unsafe(
    "select count(*) from pg_prepared_statements where statement like '%parsed once%' and not statement like '%pg_prepared%'",
  );
  expect(known).toEqual([{ count: 1 }]);
});

test("a shape is compiled at its first use only", () => {
  const made: string[] = [];
  const statement = shaped((shape: string) => {
    made.push(shape);
    return globalQuery(() => text`select 1`);
  });
  expect(statement("a")).toBe(statement("a"));
  expect(statement("b")).not.toBe(statement("a"));
  expect(made).toEqual(["a", "b"]);
});
