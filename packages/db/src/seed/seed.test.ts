import { createTestDatabase } from "@helpdesk/testing";
import { argon2Sync } from "node:crypto";
import postgres from "postgres";
import { expect, test } from "vitest";
import { demoAccounts, seed } from "./index.ts";

async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1 });
  try {
    return await work(sql);
  } finally {
    await sql.end();
  }
}

/** Every row of every table, as text in a fixed order. */
const contents = (url: string) =>
  withSql(url, async (sql) => {
    const tables = await sql<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migrations' order by 1`;
    const rows: Record<string, string[]> = {};
    for (const { name } of tables) {
      // By which transaction a row was written is the database's own affair.
      const lines = await sql<{ line: string }[]>`
        select (to_jsonb(t) - 'transaction_id')::text as line from ${sql(name)} t order by 1`;
      rows[name] = lines.map(({ line }) => line);
    }
    return rows;
  });

test("the demo organization has what the product is shown with", async () => {
  await using database = await createTestDatabase();
  expect(await seed(database.url)).toEqual(["demo", "northwind"]);
  await withSql(database.url, async (sql) => {
    const [demo] = await sql`select id from organizations where slug = 'demo'`;
    const count = async (table: string) =>
      (await sql`select count(*)::int as n from ${sql(table)} where organization_id = ${demo!["id"]}`)[0]![
        "n"
      ];
    expect(await count("roles")).toBe(5);
    expect(await count("ticket_statuses")).toBe(5);
    expect(await count("departments")).toBe(3);
    expect(await count("sla_policies")).toBe(4);
    const byRole = await sql`
      select r.key, count(*)::int as n from users u join roles r on r.organization_id = u.organization_id and r.id = u.role_id
      where u.organization_id = ${demo!["id"]} and not u.is_simulated group by r.key order by r.key`;
    expect(byRole.map(({ key, n }) => `${n} ${key}`)).toEqual([
      "1 admin",
      "4 agent",
      "4 customer",
      "2 manager",
      "1 super_admin",
    ]);
    const zones =
      await sql`select time_zone from business_calendars where organization_id = ${demo!["id"]} order by 1`;
    expect(zones.map((row) => row["time_zone"])).toEqual(["America/New_York", "Europe/Berlin"]);
    const used = await sql`
      select s.key from ticket_statuses s where s.organization_id = ${demo!["id"]} and exists (
        select from tickets t where t.organization_id = s.organization_id and t.status_id = s.id) order by s.position`;
    expect(used.map((row) => row["key"])).toEqual(["open", "in_progress", "waiting", "resolved", "closed"]);
    expect(await count("kb_articles")).toBeGreaterThan(5);
    expect((await sql`select count(*)::int as n from achievements`)[0]!["n"]).toBeGreaterThan(10);
  });
});

test("seeding again changes nothing, even after somebody worked on the demo", async () => {
  await using database = await createTestDatabase();
  await seed(database.url);
  await withSql(database.url, (sql) => sql`update tickets set title = 'Edited' where number = 1`);
  const before = await contents(database.url);
  expect(await seed(database.url)).toEqual([]);
  expect(await contents(database.url)).toEqual(before);
});

test("two databases are seeded alike, and three seedings at once write one demo", async () => {
  await using one = await createTestDatabase();
  await using other = await createTestDatabase();
  await seed(one.url);
  const written = await Promise.all([seed(other.url), seed(other.url), seed(other.url)]);
  expect(written.flat().sort()).toEqual(["demo", "northwind"]);
  expect(await contents(other.url)).toEqual(await contents(one.url));
});

test("cached due instants are those of the running clocks, and history has no gaps", async () => {
  await using database = await createTestDatabase();
  await seed(database.url);
  await withSql(database.url, async (sql) => {
    const differing = await sql`
      select t.number from tickets t
      left join sla_cycles f on f.organization_id = t.organization_id and f.ticket_id = t.id
        and f.metric = 'first_response' and f.state = 'running'
      left join sla_cycles r on r.organization_id = t.organization_id and r.ticket_id = t.id
        and r.metric = 'resolution' and r.state = 'running'
      where t.first_response_due_at is distinct from f.due_at or t.resolution_due_at is distinct from r.due_at`;
    expect(differing).toHaveLength(0);
    const gaps = await sql`
      select t.number from tickets t join ticket_history h on h.organization_id = t.organization_id and h.ticket_id = t.id
      group by t.organization_id, t.id having count(*) <> t.last_event_sequence or max(h.sequence) <> t.last_event_sequence`;
    expect(gaps).toHaveLength(0);
    const [due] = await sql`
      select first_response_due_at::text as at from tickets t join organizations o on o.id = organization_id
      where o.slug = 'demo' and t.number = 10`;
    // Low: eight business hours from Thursday 15:05 in Berlin end on Friday at 15:05.
    expect(due!["at"]).toBe("2026-01-16 14:05:00+00");
  });
});

test("the stories move by whole weeks to end before a later now, and keep their ids", async () => {
  await using early = await createTestDatabase();
  await using late = await createTestDatabase();
  await seed(early.url);
  await seed(late.url, { now: "2026-06-24T12:00:00.000Z" });
  const read = (url: string) =>
    withSql(
      url,
      (sql) => sql<{ id: string; at: Date }[]>`select id, created_at as at from tickets order by id`,
    );
  const [before, after] = [await read(early.url), await read(late.url)];
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  const moved = after.map(({ at }, index) => at.getTime() - before[index]!.at.getTime());
  expect(new Set(moved)).toEqual(new Set([22 * 7 * 86_400_000]));
});

test("every demo account's hash is of its password", async () => {
  await using database = await createTestDatabase();
  await seed(database.url);
  const rows = await withSql(
    database.url,
    (sql) => sql<{ slug: string; email: string; hash: string; role: string }[]>`
      select o.slug, u.email, u.password_hash as hash, r.key as role from users u join organizations o on o.id = u.organization_id
        join roles r on r.organization_id = u.organization_id and r.id = u.role_id where not u.is_simulated`,
  );
  expect(rows).toHaveLength(demoAccounts.length);
  for (const { organization, email, password, role } of demoAccounts) {
    const row = rows.find((each) => each.slug === organization && each.email === email);
    const [, , , , salt, tag] = row!.hash.split("$");
    const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
    const nonce = Buffer.from(salt!, "base64");
    expect(
      argon2Sync("argon2id", { message: password, nonce, ...cost }).equals(Buffer.from(tag!, "base64")),
    ).toBe(true);
    expect(row!.role).toBe(role);
  }
});
