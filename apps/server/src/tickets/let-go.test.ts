import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tendQueues } from "./tend-queues.ts";

let server: TestServer;
let sofia: HelpdeskApi, ben: HelpdeskApi, nora: HelpdeskApi;
let made = 0;

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [sofia, ben, nora] = [await api("sofia"), await api("ben"), await api("nora")];
});
afterAll(() => server[Symbol.asyncDispose]());

const newAgent = () =>
  sofia.users.invite.mutate({
    email: `agent${++made}@letgo.example`,
    name: `Agent ${made}`,
    roleKey: "manager",
  });

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

/** A ticket of nora's that somebody resolved or closed. */
async function done(assigneeId: string, status: "resolved" | "closed") {
  const { id: ticketId } = await nora.tickets.open.mutate({ title: "Not done yet", description: "" });
  await sofia.tickets.assign.mutate({ ticketId, version: 1, assigneeId });
  return sofia.tickets.setStatus.mutate({ ticketId, version: 2, status });
}

const deactivate = async (userId: string) => {
  const { version } = await sofia.users.get.query({ userId });
  return sofia.users.deactivate.mutate({ userId, version });
};

const ways: Record<
  string,
  { from: "resolved" | "closed"; reopen: (id: string, version: number) => Promise<unknown> }
> = {
  "the customer's reply": {
    from: "resolved",
    reopen: (ticketId) => nora.tickets.reply.mutate({ ticketId, body: "It is back." }),
  },
  "a change of status": {
    from: "resolved",
    reopen: (ticketId, version) =>
      sofia.tickets.setStatus.mutate({ ticketId, version, status: "in_progress" }),
  },
  "reopening it with a reason": {
    from: "closed",
    reopen: (ticketId, version) => sofia.tickets.reopen.mutate({ ticketId, version, reason: "Too early" }),
  },
  "a bulk edit": {
    from: "resolved",
    reopen: (ticketId) => sofia.tickets.bulk.mutate({ ticketIds: [ticketId], change: { status: "open" } }),
  },
};

test.for(Object.entries(ways))(
  "by %s a ticket goes back to whoever had it, and to its queue where they are out",
  async ([, { from, reopen }]) => {
    const [stays, goes] = [await newAgent(), await newAgent()];
    const [kept, left] = [await done(stays.id, from), await done(goes.id, from)];
    await deactivate(goes.id);
    expect((await sofia.tickets.get.query({ ticketId: left.id })).assignee?.id).toBe(goes.id);
    for (const { id, version } of [kept, left]) await reopen(id, version);
    expect((await sofia.tickets.get.query({ ticketId: kept.id })).assignee?.id).toBe(stays.id);
    const { assignee, resolvedAt } = await sofia.tickets.get.query({ ticketId: left.id });
    expect({ assignee, resolvedAt }).toEqual({ assignee: null, resolvedAt: null });
    const [row] = await server.resources.sql<{ kind: string; actor: string }[]>`
      select kind, actor_kind as actor from ticket_history where ticket_id = ${left.id} order by sequence desc limit 1`;
    expect({ ...row }).toEqual({ kind: "assignee_changed", actor: "system" });
  },
);

test("a role that can have no tickets is as good as being out", async () => {
  const agent = await newAgent();
  const ticket = await done(agent.id, "resolved");
  await sofia.users.setRole.mutate({ userId: agent.id, version: agent.version, roleKey: "customer" });
  await nora.tickets.reply.mutate({ ticketId: ticket.id, body: "It is back." });
  expect((await sofia.tickets.get.query({ ticketId: ticket.id })).assignee).toBeNull();
});

test("the worker finds what somebody still has who is out, whatever way it came about, and leaves the others alone", async () => {
  const [stays, goes] = [await newAgent(), await newAgent()];
  const [kept, left] = [await done(stays.id, "resolved"), await done(goes.id, "resolved")];
  await deactivate(goes.id);
  const { sql, ...resources } = server.resources;
  const ids = [kept.id, left.id];
  await sql`update tickets set resolved_at = null,
    status_id = (select id from ticket_statuses s where s.organization_id = tickets.organization_id and key = 'open')
    where id = any(${ids})`;
  expect(await Promise.all([tendQueues({ ...resources, sql }), tendQueues({ ...resources, sql })])).toContain(
    1,
  );
  const assignees = await Promise.all(
    ids.map(async (ticketId) => (await sofia.tickets.get.query({ ticketId })).assignee?.id ?? null),
  );
  expect(assignees).toEqual([stays.id, null]);
});

test("of bulk edits that hand tickets to people who are put out meanwhile, nobody is left with one, and nobody meets a deadlock", async () => {
  const people = await Promise.all(Array.from({ length: 4 }, newAgent));
  const opened = await Promise.all(
    Array.from({ length: 24 }, () => nora.tickets.open.mutate({ title: "To hand out", description: "" })),
  );
  const ticketIds = opened.map(({ id }) => id);
  const codes = await Promise.all([
    ...people.flatMap(({ id: assigneeId }, i) => [
      codeOf(
        sofia.tickets.bulk.mutate({
          ticketIds: i % 2 === 0 ? ticketIds : ticketIds.toReversed(),
          change: { assigneeId },
        }),
      ),
      codeOf(deactivate(assigneeId)),
    ]),
    ...ticketIds.map((ticketId) => codeOf(ben.tickets.reply.mutate({ ticketId, body: "Busy." }))),
  ]);
  expect(codes.filter((code) => code !== "ok" && code !== "assignee.not_eligible")).toEqual([]);
  const [left] = await server.resources.sql<{ n: number }[]>`
    select count(*)::int as n from tickets where assignee_id = any(${people.map(({ id }) => id)})`;
  expect(left!.n).toBe(0);
});

test("an archived ticket is not there for anybody, as if it did not exist", async () => {
  const { id: ticketId } = await nora.tickets.open.mutate({ title: "Archived", description: "" });
  const calls = () => [
    nora.tickets.get.query({ ticketId }),
    sofia.tickets.timeline.query({ ticketId }),
    sofia.tickets.reply.mutate({ ticketId, body: "Anybody?" }),
    sofia.sla.explain.query({ ticketId, metric: "resolution" }),
    ben.presence.report.mutate({ ticketId, activity: "looking" }),
  ];
  expect(await Promise.all(calls().map(codeOf))).toEqual(["ok", "ok", "ok", "ok", "ok"]);
  await server.resources.sql`update tickets set archived_at = created_at where id = ${ticketId}`;
  expect(new Set(await Promise.all(calls().map(codeOf)))).toEqual(new Set(["ticket.not_found"]));
  const [result] = await sofia.tickets.bulk.mutate({ ticketIds: [ticketId], change: { priority: "high" } });
  expect(result).toMatchObject({ outcome: "refused", refusal: { code: "ticket.not_found" } });
});
