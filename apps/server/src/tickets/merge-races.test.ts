import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { inParallel, startServer, type TestServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

let server: TestServer;
let nora: HelpdeskApi;
let staff: HelpdeskApi[];

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  nora = await api("nora");
  staff = await Promise.all([api("ben"), api("petra"), api("sofia")]);
});

afterAll(() => server[Symbol.asyncDispose]());

const open = (title: string) => nora.tickets.open.mutate({ title, description: "" });

const codeOf = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      const code = isRefusal(error) && error.data.refusal?.code;
      if (!code) throw error;
      return code;
    },
  );

const merge = (by: number, ticketId: string, intoTicketId: string, version = 1) =>
  codeOf(staff[by % staff.length]!.tickets.merge.mutate({ ticketId, version, intoTicketId }));

/** How many deadlocks the database has seen, once every connection has told what it knows. */
async function deadlocks(): Promise<number> {
  const { sql } = server.resources;
  await Promise.all(Array.from({ length: 40 }, () => sql`select pg_stat_force_next_flush(), pg_sleep(0.02)`));
  const [row] = await sql<{ count: number }[]>`
    select deadlocks::int as count from pg_stat_database where datname = current_database()`;
  return row!.count;
}

/** Tickets that are merged into themselves by way of others. */
async function circles(): Promise<string[]> {
  const rows = await server.resources.sql<{ id: string }[]>`
    with recursive way as (
      select id, merged_into_id as into_id, 1 as steps from tickets where merged_into_id is not null
      union all
      select way.id, t.merged_into_id, steps + 1 from way join tickets t on t.id = way.into_id
      where t.merged_into_id is not null and steps < 10)
    select id from way where id = into_id`;
  return rows.map(({ id }) => id);
}

test("of two opposite merges at once exactly one wins, and nobody meets a deadlock", async () => {
  const rounds = await inParallel(
    8,
    Array.from({ length: 40 }, (_, round) => round),
    async (round) => {
      const [one, other] = [await open(`One ${round}`), await open(`Other ${round}`)];
      return Promise.all([merge(round, one.id, other.id), merge(round + 1, other.id, one.id)]);
    },
  );
  expect(rounds.map((codes) => codes.toSorted().join())).toEqual(rounds.map(() => "ok,ticket.merged"));
  expect(await circles()).toEqual([]);
  expect(await deadlocks()).toBe(0);
});

test("merges in a ring, with undos and replies between, never close it", async () => {
  const ring = await Promise.all(["A", "B", "C", "D"].map(open));
  const next = (index: number) => ring[(index + 1) % ring.length]!.id;
  const outcomes = await inParallel(
    12,
    Array.from({ length: 120 }, (_, step) => step),
    async (step) => {
      const index = step % ring.length;
      const { id } = ring[index]!;
      const by = staff[step % staff.length]!;
      const { version } = await by.tickets.get.query({ ticketId: id });
      if (step % 5 === 4) return codeOf(by.tickets.reply.mutate({ ticketId: id, body: `Step ${step}` }));
      if (step % 3 === 2) return codeOf(by.tickets.unmerge.mutate({ ticketId: id, version }));
      return merge(step, id, next(index), version);
    },
  );
  const known = ["ok", "ticket.merged", "ticket.not_merged", "version.conflict"];
  expect(outcomes.filter((code) => !known.includes(code))).toEqual([]);
  expect(new Set(outcomes)).toContain("ok");
  expect(await circles()).toEqual([]);
  expect(await deadlocks()).toBe(0);
  const [lost] = await server.resources.sql<{ written: number; gaps: number }[]>`
    select (select count(*)::int from ticket_comments where body like 'Step %') as written,
      (select count(*)::int from tickets t where title in ('A', 'B', 'C', 'D') and last_event_sequence <>
        (select count(*) from ticket_history h where h.ticket_id = t.id)) as gaps`;
  const replies = outcomes.filter((code, step) => step % 5 === 4 && code === "ok").length;
  expect(lost).toEqual({ written: replies, gaps: 0 });
});

test("a deadlock would be counted", async () => {
  const before = await deadlocks();
  const [one, other] = [await open("One"), await open("Other")];
  const { sql } = server.resources;
  const both = Array.from({ length: 2 }, () => Promise.withResolvers<void>());
  const lock = (mine: number, first: string, second: string) =>
    sql.begin(async (held) => {
      await held`select 1 from tickets where id = ${first} for update`;
      both[mine]!.resolve();
      await Promise.all(both.map(({ promise }) => promise));
      await held`select 1 from tickets where id = ${second} for update`;
    });
  const locks = [lock(0, one.id, other.id), lock(1, other.id, one.id)];
  const outcomes = await Promise.allSettled(locks);
  expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect(await deadlocks()).toBe(before + 1);
});
