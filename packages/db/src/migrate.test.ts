import { createTestDatabase } from "@helpdesk/testing";
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { readFile } from "node:fs/promises";
import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { readSteps } from "./migrate-steps.ts";
import { migrate, pendingMigrations } from "./migrate.ts";
import { rollback } from "./rollback.ts";
import * as schema from "./schema/index.ts";
import { seed } from "./seed/index.ts";

const names = (await readSteps()).map((step) => step.name);

/** Everything of the schema that PostgreSQL can describe, in words. */
async function catalog(url: string): Promise<string[]> {
  return withSql(url, async (sql) => {
    const rows = await sql<{ line: string }[]>`
      with relations as (
        select oid, relname from pg_class
        where relnamespace = 'public'::regnamespace and relname not in ('migrations', 'migrations_pkey')
      )
      select concat_ws(' ', relname, attnum, attname, format_type(atttypid, atttypmod), attnotnull,
        attidentity, attgenerated, pg_get_expr(adbin, adrelid)) as line
      from relations join pg_attribute on attrelid = relations.oid and attnum > 0 and not attisdropped
        left join pg_attrdef on adrelid = attrelid and adnum = attnum
      union all
      select concat_ws(' ', relname, conname, pg_get_constraintdef(pg_constraint.oid))
      from relations join pg_constraint on conrelid = relations.oid
      union all
      select pg_get_indexdef(indexrelid) from relations join pg_index on indrelid = relations.oid
      union all
      select concat_ws(' ', 'trigger', tgname) from relations join pg_trigger on tgrelid = relations.oid and not tgisinternal
      union all
      select concat_ws(' ', 'routine', proname) from pg_proc where pronamespace = 'public'::regnamespace
      union all
      select concat_ws(' ', 'type', typname) from pg_type where typnamespace = 'public'::regnamespace and typtype <> 'c' and typelem = 0
      order by 1`;
    return rows.map((row) => row.line);
  });
}

async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

describe("migrations", () => {
  test("down and up again leaves an identical schema on a seeded database", async () => {
    await using database = await createTestDatabase();
    await seed(database.url);
    const before = await catalog(database.url);
    expect(before.length).toBeGreaterThan(600);

    expect(await rollback(database.url, { to: "nothing" })).toEqual(names.toReversed());
    expect(await catalog(database.url)).toEqual([]);

    expect(await migrate(database.url)).toEqual(names);
    expect(await catalog(database.url)).toEqual(before);
  });

  test("each step, undone on a seeded database, leaves the schema it was applied to", async () => {
    await using fresh = await createTestDatabase({ template: "empty" });
    const upTo = new Map<string, string[]>();
    for (const { name, up } of await readSteps()) {
      await withSql(fresh.url, (sql) => sql.unsafe(up));
      upTo.set(name, await catalog(fresh.url));
    }
    await using seeded = await createTestDatabase();
    await seed(seeded.url);
    for (const [index, name] of [...names.entries()].toReversed()) {
      expect(await rollback(seeded.url)).toEqual([name]);
      expect(await catalog(seeded.url)).toEqual(index === 0 ? [] : upTo.get(names[index - 1]!));
    }
    expect(await rollback(seeded.url)).toEqual([]);
  });

  test("five at once on an empty database all succeed, and each migration is applied once", async () => {
    await using database = await createTestDatabase({ template: "empty" });
    const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url)));
    expect(applied.flat().sort()).toEqual(names);
    expect(await pendingMigrations(database.url)).toEqual([]);
  });

  test("an interrupted migration leaves neither its tables nor its record", async () => {
    await using database = await createTestDatabase({ template: "empty" });
    const [first] = await migrate(database.url);
    await rollback(database.url, { to: "nothing" });
    // In the way of the first migration's last table, after others were made.
    await withSql(database.url, (sql) => sql`create table users (id integer)`);
    await expect(migrate(database.url)).rejects.toThrow(/"users" already exists/);
    expect((await catalog(database.url)).join("\n")).not.toContain("organizations");
    expect((await pendingMigrations(database.url))[0]).toBe(first);
  });

  test("a migration edited after it was applied is refused by name", async () => {
    await using database = await createTestDatabase();
    await withSql(
      database.url,
      (sql) => sql`update migrations set checksum = 'other' where name = ${names[2]!}`,
    );
    await expect(migrate(database.url)).rejects.toThrow(
      `Migration ${names[2]} was changed after it was applied.`,
    );
  });

  test("going back to a migration that is not applied is refused and undoes nothing", async () => {
    await using database = await createTestDatabase();
    await expect(rollback(database.url, { to: "0099_missing" })).rejects.toThrow(
      "0099_missing is not applied",
    );
    expect(await pendingMigrations(database.url)).toEqual([]);
    expect(await rollback(database.url, { to: names[1]! })).toEqual(names.slice(2).toReversed());
  });

  test("the schema in TypeScript has nothing that the migrations do not", async () => {
    const file = new URL(`../migrations/meta/${names.at(-1)!.slice(0, 4)}_snapshot.json`, import.meta.url);
    const committed = JSON.parse(await readFile(file, "utf8"));
    expect(await generateMigration(committed, generateDrizzleJson(schema, committed.id))).toEqual([]);
  });
});
