import { createTestDatabase, type TestDatabase } from "@helpdesk/testing";
import { sql as text } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connect, type Sql } from "./connection.ts";
import { Unavailable } from "./faults.ts";
import { command, query } from "./statement.ts";
import { read, transact, type Unit } from "./unit.ts";

const organizationId = "0197b000-0000-7000-8000-000000000001";

const write = command<{ id: number }, { id: number }>(
  (p) => text`insert into lines (organization_id, id) values (${p.organizationId}, ${p.id}) returning id`,
);
const lock = command<{ id: number }, { id: number }>(
  (p) => text`select id from lines where organization_id = ${p.organizationId} and id = ${p.id} for update`,
);
const list = query<Record<never, never>, { id: number }>(
  (p) => text`select id from lines where organization_id = ${p.organizationId} order by id`,
);
const conflict = command<{ code: string }, never>(
  (p) => text`select fail(${p.code}) where ${p.organizationId} <> ''`,
);

let database: TestDatabase;
let sql: Sql;

beforeAll(async () => {
  database = await createTestDatabase({ template: "empty" });
  sql = connect({ url: database.url, max: 3 });
  await sql`create table lines (organization_id uuid, id int, primary key (organization_id, id))`;
  await sql`create function fail(code text) returns void language plpgsql as
    $$ begin raise exception 'as asked' using errcode = code; end $$`;
});

beforeEach(async () => {
  await sql`truncate lines`;
});

afterAll(async () => {
  await sql.end({ timeout: 5 });
  await database[Symbol.asyncDispose]();
});

const ids = async () => (await list(read(sql, organizationId))).map(({ id }) => id);
const transacting = <T>(work: (unit: Unit) => Promise<T>) => transact(sql, organizationId, work);

test("what a unit wrote is there once its work returned", async () => {
  await expect(transacting(async (unit) => (await write.first(unit, { id: 1 }))?.id)).resolves.toBe(1);
  await expect(ids()).resolves.toEqual([1]);
});

test("a unit used after its commit throws and writes nothing", async () => {
  const leaked = await transacting(async (unit) => {
    await write(unit, { id: 1 });
    return unit;
  });
  await expect(write(leaked, { id: 2 })).rejects.toThrow("has ended");
  await expect(ids()).resolves.toEqual([1]);
});

test("a unit used after its rollback throws and writes nothing", async () => {
  let leaked: Unit | undefined;
  const failing = transacting(async (unit) => {
    leaked = unit;
    await write(unit, { id: 1 });
    throw new Error("changed my mind");
  });
  await expect(failing).rejects.toThrow("changed my mind");
  await expect(write(leaked!, { id: 2 })).rejects.toThrow("has ended");
  await expect(ids()).resolves.toEqual([]);
});

test("a reader outside the transaction does not see what is not committed", async () => {
  await transacting(async (unit) => {
    await write(unit, { id: 1 });
    expect(await ids()).toEqual([]);
    expect(await list(unit)).toEqual([{ id: 1 }]);
  });
  await expect(ids()).resolves.toEqual([1]);
});

test("a statement that fails takes the whole unit back, even where its error is caught", async () => {
  const failing = transacting(async (unit) => {
    await write(unit, { id: 1 });
    await write(unit, { id: 1 }).catch(() => undefined);
    return "as if nothing were wrong";
  });
  await expect(failing).rejects.toThrow("duplicate key");
  await expect(ids()).resolves.toEqual([]);
});

test("of two units that block each other, both are done in the end", async () => {
  await transacting(async (unit) => {
    await write(unit, { id: 1 });
    await write(unit, { id: 2 });
  });
  let attempts = 0;
  let waiting = 0;
  const { promise: bothHoldOne, resolve } = Promise.withResolvers<void>();
  const takeBoth = (first: number, second: number) =>
    transacting(async (unit) => {
      attempts++;
      await lock(unit, { id: first });
      if (++waiting === 2) resolve();
      await bothHoldOne;
      await lock(unit, { id: second });
      await write(unit, { id: first * 10 });
    });
  await Promise.all([takeBoth(1, 2), takeBoth(2, 1)]);
  // One at least was done again; on a slow machine they may block each other again.
  expect(attempts).toBeGreaterThanOrEqual(3);
  await expect(ids()).resolves.toEqual([1, 2, 10, 20]);
});

test("work that conflicts every time is given up after three attempts, and nothing of it stays", async () => {
  let attempts = 0;
  const failing = transacting(async (unit) => {
    attempts++;
    await write(unit, { id: 1 });
    await conflict(unit, { code: "40001" });
  });
  await expect(failing).rejects.toMatchObject({ code: "40001" });
  expect(attempts).toBe(3);
  await expect(ids()).resolves.toEqual([]);
});

test("any other failure is not tried again", async () => {
  let attempts = 0;
  const failing = transacting(async (unit) => {
    attempts++;
    await conflict(unit, { code: "23514" });
  });
  await expect(failing).rejects.toMatchObject({ code: "23514" });
  expect(attempts).toBe(1);
});

test("a lock that is not had in time is unavailability, not a defect", async () => {
  await transacting((unit) => write(unit, { id: 1 }));
  await transacting(async (holder) => {
    await lock(holder, { id: 1 });
    await expect(transacting((unit) => lock(unit, { id: 1 }))).rejects.toBeInstanceOf(Unavailable);
  });
  await expect(transacting((unit) => lock.first(unit, { id: 1 }))).resolves.toEqual({ id: 1 });
});
