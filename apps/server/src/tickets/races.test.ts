import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { connect } from "@helpdesk/db";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";

let server: TestServer;
const api: Record<string, HelpdeskApi> = {};

beforeAll(async () => {
  server = await startServer();
  for (const name of ["sofia", "petra", "ben", "yuki", "devon", "nora", "tom", "amira", "lucas"]) {
    api[name] = (await server.as(name)).api;
  }
});

afterAll(() => server[Symbol.asyncDispose]());

const times = <T>(count: number, work: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, i) => work(i)));

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

const tally = (codes: string[]): Record<string, number> =>
  Object.fromEntries(
    [...new Set(codes)].toSorted().map((code) => [code, codes.filter((each) => each === code).length]),
  );

const upTo = (last: number, first = 1): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

async function supportTicket(): Promise<string> {
  const departments = await api["nora"]!.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  return (
    await api["nora"]!.tickets.open.mutate({ title: "Everybody at once", description: "", departmentId })
  ).id;
}

/** What the database holds of a ticket: the sequences of its history, its comments and its events, and its version. */
async function recordsOf(ticketId: string) {
  const [row] = await server.resources.sql<
    { history: number[]; comments: number[]; events: number[]; version: number; last: number }[]
  >`
    select version, last_event_sequence as last,
      array(select sequence from ticket_history where ticket_id = t.id order by sequence) as history,
      array(select sequence from ticket_comments where ticket_id = t.id order by sequence) as comments,
      array(select sequence from events where ticket_id = t.id order by sequence) as events
    from tickets t where id = ${ticketId}`;
  return row!;
}

test("2,000 tickets opened at once by five people get distinct numbers without a gap", async () => {
  const [counter] = await server.resources.sql<{ last: number }[]>`
    select last_number as last from ticket_counters c join organizations o on o.id = c.organization_id and slug = 'demo' and not c.is_simulated`;
  const people = ["nora", "tom", "amira", "lucas", "ben"];
  const opened = await times(2_000, (i) =>
    api[people[i % people.length]!]!.tickets.open.mutate({ title: `Rush ${i}`, description: "All at once." }),
  );
  const first = counter!.last + 1;
  expect(opened.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(upTo(first + 1_999, first));
  const stored = await server.resources.sql<{ number: number; title: string }[]>`
    select number, title from tickets where title like 'Rush %'`;
  const titles = new Map(stored.map(({ number, title }) => [number, title]));
  expect(opened.filter(({ number, title }) => titles.get(number) !== title)).toEqual([]);
  expect(stored).toHaveLength(2_000);
});

test("200 replies to one ticket at once lose nothing: comments, history and events without a gap", async () => {
  const ticketId = await supportTicket();
  const people = ["nora", "ben", "yuki", "petra"];
  await times(200, (i) =>
    api[people[i % people.length]!]!.tickets.reply.mutate({ ticketId, body: `Reply ${i}` }),
  );
  const { history, comments, events, version, last } = await recordsOf(ticketId);
  expect(history).toEqual(upTo(201));
  expect(events).toEqual(upTo(201));
  expect(comments).toEqual(upTo(201, 2));
  expect(last).toBe(201);
  expect(version).toBe(1);
  const bodies = await server.resources.sql<{ body: string }[]>`
    select body from ticket_comments where ticket_id = ${ticketId}`;
  expect(new Set(bodies.map(({ body }) => body)).size).toBe(200);
});

test("of 50 takes at once by three agents one agent's win, and the others hear who has it", async () => {
  const ticketId = await supportTicket();
  const agents = ["ben", "yuki", "devon"];
  const outcomes = await times(50, async (i) => {
    const name = agents[i % agents.length]!;
    return { name, code: await codeOf(api[name]!.tickets.take.mutate({ ticketId })) };
  });
  const winners = new Set(outcomes.filter(({ code }) => code === "ok").map(({ name }) => name));
  expect([...winners]).toHaveLength(1);
  const losers = outcomes.filter(({ name }) => !winners.has(name));
  expect(new Set(losers.map(({ code }) => code))).toEqual(new Set(["ticket.already_assigned"]));
  expect(outcomes.filter(({ name, code }) => winners.has(name) && code !== "ok")).toEqual([]);
  const { assignee, version } = await api["petra"]!.tickets.get.query({ ticketId });
  expect(assignee?.name.toLowerCase()).toContain([...winners][0]);
  expect(version).toBe(2);
  expect((await recordsOf(ticketId)).history).toEqual([1, 2]);
});

test("of changes that read the same version one is applied, and all others are told", async () => {
  const ticketId = await supportTicket();
  const change = (i: number) => {
    const by = api[["ben", "yuki", "petra"][i % 3]!]!.tickets;
    if (i % 2 === 0)
      return by.setPriority.mutate({ ticketId, version: 1, priority: i % 4 === 0 ? "high" : "urgent" });
    return by.setStatus.mutate({ ticketId, version: 1, status: i % 4 === 1 ? "in_progress" : "waiting" });
  };
  const codes = await times(40, (i) => codeOf(change(i)));
  expect(tally(codes)).toEqual({ ok: 1, "version.conflict": 39 });
  const { version, history } = await recordsOf(ticketId);
  expect(version).toBe(2);
  expect(history).toEqual([1, 2]);
});

test("of many who read, change and try again, each change that was answered with success is one version", async () => {
  const ticketId = await supportTicket();
  const priorities = ["low", "medium", "high", "urgent"] as const;
  let applied = 0;
  await times(6, async (i) => {
    const { tickets } = api[["ben", "yuki", "petra"][i % 3]!]!;
    for (let edits = 0; edits < 8;) {
      const { version, priority } = await tickets.get.query({ ticketId });
      const next = priorities[(priorities.indexOf(priority) + 1 + (i % 3)) % 4]!;
      if ((await codeOf(tickets.setPriority.mutate({ ticketId, version, priority: next }))) !== "ok")
        continue;
      edits++;
      applied++;
    }
  });
  expect(applied).toBe(48);
  const { version, history } = await recordsOf(ticketId);
  expect(version).toBe(1 + applied);
  expect(history).toEqual(upTo(1 + applied));
});

test("work on the same tickets in opposite orders gives nobody a deadlock", async () => {
  const tickets = [await supportTicket(), await supportTicket()];
  const batches = await times(30, async (i) => {
    const { tickets: by } = api[["ben", "yuki", "petra"][i % 3]!]!;
    const inOrder = i % 2 === 0 ? tickets : tickets.toReversed();
    return Promise.all(inOrder.map((ticketId) => codeOf(by.reply.mutate({ ticketId, body: `Batch ${i}` }))));
  });
  expect(tally(batches.flat())).toEqual({ ok: 60 });
  for (const ticketId of tickets) expect((await recordsOf(ticketId)).history).toEqual(upTo(31));
});

/** A ticket's cached due instant, and what its running clocks say. */
async function duesOf(ticketId: string) {
  const [row] = await server.resources.sql<
    { cached: string | null; running: string | null; states: string[] }[]
  >`
    select resolution_due_at as cached,
      (select due_at from sla_cycles where ticket_id = t.id and metric = 'resolution' and state = 'running') as running,
      array(select state from sla_cycles where ticket_id = t.id and metric = 'resolution' order by ordinal) as states
    from tickets t where id = ${ticketId}`;
  return row!;
}

/** Starts calls one after the other while the ticket is locked from elsewhere, so that each waits for the one before. */
async function queued(ticketId: string, calls: (() => Promise<unknown>)[]): Promise<string[]> {
  const { sql } = server.resources;
  const waiting = async () =>
    (
      await sql<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    )[0]!.count;
  const started: Promise<string>[] = [];
  const holder = connect({ url: server.database.url, max: 1 });
  try {
    await holder.begin(async (held) => {
      await held`select 1 from tickets where id = ${ticketId} for update`;
      for (const call of calls) {
        const before = await waiting();
        started.push(codeOf(call()));
        while ((await waiting()) === before) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
  } finally {
    await holder.end();
  }
  return Promise.all(started);
}

test("who waited for a ticket's lock counts with the clocks as they are by then", async () => {
  const { ben, nora } = api as Record<"ben" | "nora", HelpdeskApi>;
  for (const status of ["waiting", "resolved"]) {
    const ticketId = await supportTicket();
    const codes = await queued(ticketId, [
      () => ben.tickets.setStatus.mutate({ ticketId, version: 1, status }),
      () => nora.tickets.reply.mutate({ ticketId, body: "One more thing." }),
    ]);
    expect(codes).toEqual(["ok", "ok"]);
    expect((await ben.tickets.get.query({ ticketId })).status).toBe("open");
    const { cached, running, states } = await duesOf(ticketId);
    expect(running).not.toBeNull();
    expect(cached).toBe(running);
    expect(states.at(-1)).toBe("running");
  }
});
