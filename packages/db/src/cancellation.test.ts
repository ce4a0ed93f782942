import { createTestDatabase, type TestDatabase } from "@helpdesk/testing";
import { sql as text } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { Cancellation, DeadlineExceeded } from "./cancellation.ts";
import { connect, type Sql } from "./connection.ts";
import { command, query } from "./statement.ts";
import { read, transact } from "./unit.ts";

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
/** Says how often it was begun, however it ended. */
const sleepy = query<{ seconds: number }, { count: number }>(
  (p) =>
    text`select nextval('begun')::int as count, pg_sleep(${p.seconds}::float8) where ${p.organizationId} <> ''`,
);

let database: TestDatabase;
let sql: Sql;
/** A pool of its own that looks on. */
let onlooker: Sql;

beforeAll(async () => {
  database = await createTestDatabase({ template: "empty" });
  sql = connect({ url: database.url, max: 2, applicationName: "watched" });
  onlooker = connect({ url: database.url, max: 2, applicationName: "onlooker" });
  await sql`create table lines (organization_id uuid, id int, primary key (organization_id, id))`;
  await sql`create sequence begun`;
});

beforeEach(async () => {
  await sql`truncate lines`;
  await sql`alter sequence begun restart`;
});

afterAll(async () => {
  await sql.end({ timeout: 5 });
  await onlooker.end({ timeout: 5 });
  await database[Symbol.asyncDispose]();
});

/** Backends of the pool that work on something or hold a transaction open. */
const busy = async (): Promise<{ pid: number; query: string }[]> => onlooker`
  select pid, query from pg_stat_activity where application_name = 'watched' and state <> 'idle'`;

const untilBusyWith = (part: string) =>
  vi.waitFor(async () => {
    const found = (await busy()).find(({ query }) => query.includes(part));
    if (!found) throw new Error(`Nothing runs ${part}.`);
    return found.pid;
  });

const begunCount = async (): Promise<number> => {
  const [row] = await onlooker<{ count: number }[]>`select last_value::int as count from begun`;
  return row!.count;
};

const both = async () =>
  expect(await Promise.all([list(read(sql, organizationId)), sql`select 1 as one`])).toHaveLength(2);

test("a query that nobody waits for is ended in the database, and its connection is as good as before", async () => {
  const cancellation = new Cancellation();
  const answer = sleepy(read(sql, organizationId, cancellation), { seconds: 4 });
  await untilBusyWith("pg_sleep");
  cancellation.cancel();
  await expect(answer).rejects.toBeInstanceOf(DeadlineExceeded);
  expect(await busy()).toEqual([]);
  await both();
});

test("a command that waits for a lock is ended with its transaction: what it wrote and locked is free at once", async () => {
  await transact(sql, organizationId, async (unit) => {
    await write(unit, { id: 1 });
    await write(unit, { id: 2 });
  });
  const cancellation = new Cancellation();
  await onlooker.begin(async (holder) => {
    await holder`select id from lines where id = 2 for update`;
    const waiting = transact(
      sql,
      organizationId,
      async (unit) => {
        await lock(unit, { id: 1 });
        await write(unit, { id: 3 });
        await lock(unit, { id: 2 });
      },
      cancellation,
    );
    await untilBusyWith("for update");
    cancellation.cancel();
    await expect(waiting).rejects.toBeInstanceOf(DeadlineExceeded);
    expect(await busy()).toEqual([]);
    await holder`select id from lines where id = 1 for update nowait`;
  });
  expect(await list(read(sql, organizationId))).toEqual([{ id: 1 }, { id: 2 }]);
  await both();
});

test("who waits for a connection is let go at once, and nothing of theirs runs later", async () => {
  const freed = Promise.withResolvers<void>();
  const holding = [1, 2].map(() => transact(sql, organizationId, () => freed.promise));
  await vi.waitFor(async () => expect(await busy()).toHaveLength(2));
  const cancellation = new Cancellation();
  let begun = 0;
  const waiting = transact(sql, organizationId, async () => void begun++, cancellation);
  const reading = list(read(sql, organizationId, cancellation));
  cancellation.cancel();
  await expect(waiting).rejects.toBeInstanceOf(DeadlineExceeded);
  await expect(reading).rejects.toBeInstanceOf(DeadlineExceeded);
  freed.resolve();
  await Promise.all(holding);
  await both();
  expect(begun).toBe(0);
});

test("a transaction whose statements stand in line ends with all of them, and its connection is not lost", async () => {
  await transact(sql, organizationId, (unit) => write(unit, { id: 1 }));
  // Each connection of the pool: one that is lost would be missed by the next.
  for (let round = 0; round < 3; round++) {
    const cancellation = new Cancellation();
    await onlooker.begin(async (holder) => {
      await holder`select id from lines where id = 1 for update`;
      const waiting = transact(
        sql,
        organizationId,
        (unit) => Promise.all([lock(unit, { id: 1 }), list(unit), write(unit, { id: 2 }), list(unit)]),
        cancellation,
      );
      await untilBusyWith("for update");
      cancellation.cancel();
      await expect(waiting).rejects.toBeInstanceOf(DeadlineExceeded);
      expect(await busy()).toEqual([]);
    });
    await both();
  }
  expect(await list(read(sql, organizationId))).toEqual([{ id: 1 }]);
});

test("queries that open connections and are given up at once leave a pool that works", async () => {
  await using fresh = Object.assign(connect({ url: database.url, max: 2, applicationName: "watched" }), {
    async [Symbol.asyncDispose](this: Sql) {
      await this.end({ timeout: 5 });
    },
  }) as Sql & AsyncDisposable;
  const cancellation = new Cancellation();
  const answers = Array.from({ length: 5 }, () =>
    sleepy(read(fresh, organizationId, cancellation), { seconds: 1 }),
  );
  queueMicrotask(() => cancellation.cancel());
  const outcomes = await Promise.allSettled(answers);
  expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => "rejected"));
  for (let round = 0; round < 3; round++)
    expect(await Promise.all([1, 2, 3].map(() => list(read(fresh, organizationId))))).toEqual([[], [], []]);
});

test("before the first statement there is none: nothing is sent for who has gone already", async () => {
  const cancellation = new Cancellation();
  cancellation.cancel();
  await expect(sleepy(read(sql, organizationId, cancellation), { seconds: 0 })).rejects.toBeInstanceOf(
    DeadlineExceeded,
  );
  await expect(
    transact(sql, organizationId, (unit) => write(unit, { id: 1 }), cancellation),
  ).rejects.toBeInstanceOf(DeadlineExceeded);
  await sleepy(read(sql, organizationId), { seconds: 0 });
  expect(await begunCount()).toBe(1);
  expect(await list(read(sql, organizationId))).toEqual([]);
});

test("what has come to its commit is committed, and read after to its answer", async () => {
  const cancellation = new Cancellation();
  await transact(
    sql,
    organizationId,
    async (unit) => {
      await write(unit, { id: 1 });
      // The last that work does; the commit is next.
      queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => cancellation.cancel())));
    },
    cancellation,
  );
  cancellation.cancel();
  expect(await list(read(sql, organizationId, cancellation))).toEqual([{ id: 1 }]);
});

test("of many statements at once only those of who has gone are ended", async () => {
  const gone = new Cancellation();
  const stays = new Cancellation();
  const ended = Array.from({ length: 6 }, () => sleepy(read(sql, organizationId, gone), { seconds: 30 }));
  const answered = Array.from({ length: 6 }, () =>
    sleepy(read(sql, organizationId, stays), { seconds: 0.05 }),
  );
  await untilBusyWith("pg_sleep");
  gone.cancel();
  const outcomes = await Promise.allSettled(ended);
  expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => "rejected"));
  expect((await Promise.all(answered)).flat()).toHaveLength(6);
  await both();
});

/** A cancel request of another call that comes late: by then the connection runs a statement of ours. */
async function strayInto(pid: number): Promise<void> {
  const other = new Cancellation();
  let request: Promise<void> | undefined;
  const theirs = other.answerOf(
    {
      active: true,
      cancel: () => (request = onlooker`select pg_cancel_backend(${pid})`.then(() => undefined)),
    },
    new Promise((_, reject) => setTimeout(reject, 20, new Error("over"))),
  );
  other.cancel();
  await Promise.allSettled([theirs, request]);
}

test("a query hit by another call's late cancel request is sent again, and nobody is told", async () => {
  const answer = sleepy(read(sql, organizationId), { seconds: 2 });
  await strayInto(await untilBusyWith("pg_sleep"));
  expect(await answer).toMatchObject([{ count: 2 }]);
});

test("a transaction hit by one is done again as a whole", async () => {
  const done = transact(sql, organizationId, async (unit) => {
    await write(unit, { id: 1 });
    return sleepy(unit, { seconds: 2 });
  });
  await strayInto(await untilBusyWith("pg_sleep"));
  expect(await done).toMatchObject([{ count: 2 }]);
  expect(await list(read(sql, organizationId))).toEqual([{ id: 1 }]);
});

test("a call leaves no listener behind", async () => {
  const cancellation = new Cancellation();
  let calledBack = 0;
  cancellation.onCancel(() => calledBack++);
  const forget = cancellation.onCancel(() => calledBack++);
  forget();
  for (let call = 0; call < 3; call++) {
    await sleepy(read(sql, organizationId, cancellation), { seconds: 0 });
    await transact(sql, organizationId, (unit) => list(unit));
  }
  const cancel = vi.spyOn(onlooker, "unsafe");
  cancellation.cancel();
  expect(calledBack).toBe(1);
  expect(cancel).not.toHaveBeenCalled();
});
