import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { type TestServer, accessTokenOf, call, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

let server: TestServer;
let sofia: HelpdeskApi, omar: HelpdeskApi, petra: HelpdeskApi;
let omarsToken: string;

beforeAll(async () => {
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [sofia, omar, petra] = [await api("sofia"), await api("omar"), await api("petra")];
  omarsToken = await accessTokenOf(server.url, "omar");
  const { id: userId, version } = await person("omar@");
  await sofia.users.setRole.mutate({ userId, version, roleKey: "super_admin" });
});
afterAll(() => server[Symbol.asyncDispose]());

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

async function person(email: string) {
  const { items } = await sofia.users.list.query({ search: email });
  return items[0]!;
}

/** Holds a row, lets the calls queue up behind it one after the other, and lets it go. */
async function queued(
  table: "users" | "roles",
  id: string,
  ...calls: (() => Promise<string>)[]
): Promise<string[]> {
  const { sql } = server.resources;
  const { answers } = await sql.begin(async (held) => {
    await held`select 1 from ${held(table)} where id = ${id} for update`;
    const waiting: Promise<string>[] = [];
    for (const each of calls) {
      waiting.push(each());
      await vi.waitUntil(async () => {
        const [row] = await sql`select count(*)::int as n from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`;
        return row!["n"] === waiting.length;
      });
    }
    return { answers: Promise.all(waiting) };
  });
  return answers;
}

test("of two who give one person a role at once, the second is told of the first", async () => {
  const { id: userId, version } = await person("yuki@");
  const give = (by: HelpdeskApi, roleKey: string) => () =>
    codeOf(by.users.setRole.mutate({ userId, version, roleKey }));
  expect(await queued("users", userId, give(sofia, "manager"), give(omar, "customer"))).toEqual([
    "ok",
    "version.conflict",
  ]);
  expect((await person("yuki@")).role.key).toBe("manager");
});

test("a role is in use for who deletes it while it is given, and gone for who gives it while it is deleted", async () => {
  const role = (key: string) => sofia.roles.create.mutate({ key, name: key, permissions: [] });
  const [{ id: given }, { id: deleted }] = [await role("given"), await role("deleted")];
  const tom = await person("tom@");
  const give = (roleId: string) => () =>
    codeOf(sofia.users.setRole.mutate({ userId: tom.id, version: tom.version, roleId }));
  const remove = (roleId: string) => () => codeOf(omar.roles.delete.mutate({ roleId, version: 1 }));
  expect(await queued("roles", deleted, remove(deleted), give(deleted))).toEqual(["ok", "role.not_found"]);
  expect(await queued("roles", given, give(given), remove(given))).toEqual(["ok", "role.in_use"]);
});

/** Omar puts somebody out while Sofia gives him another role. By plain HTTP: the client would try again. */
async function omarActsWhileGiven(roleKey: string, email: string): Promise<string[]> {
  const [actor, other] = [await person("omar@"), await person(email)];
  const give = () =>
    codeOf(sofia.users.setRole.mutate({ userId: actor.id, version: actor.version, roleKey }));
  const putOut = async () => {
    const input = { userId: other.id, version: other.version };
    const path = "users.deactivate";
    const answer = await call(server.url, { path, type: "mutation", input, accessToken: omarsToken });
    return answer.outcome;
  };
  return queued("users", actor.id, give, putOut);
}

test("who is given another role while they act goes on with what that allows", async () => {
  expect(await omarActsWhileGiven("admin", "devon@")).toEqual(["ok", "ok"]);
});

test("who loses the right while they act is refused by what their role is by then", async () => {
  expect(await omarActsWhileGiven("customer", "marcus@")).toEqual(["ok", "user.exceeds_own"]);
});

const openTicket = () => sofia.tickets.open.mutate({ title: "To hand out", description: "" });
const assign = (ticketId: string, assigneeId: string) => () =>
  codeOf(petra.tickets.assign.mutate({ ticketId, assigneeId, version: 1 }));
const deactivate = (userId: string, version: number) => () =>
  codeOf(sofia.users.deactivate.mutate({ userId, version }));

test("nobody is given a ticket while they are put out, and who is put out meanwhile lets go of it", async () => {
  const { id: userId, version } = await person("ben@");
  const [one, two] = [await openTicket(), await openTicket()];
  expect(await queued("users", userId, deactivate(userId, version), assign(one.id, userId))).toEqual([
    "ok",
    "assignee.not_eligible",
  ]);
  const back = await sofia.users.reactivate.mutate({ userId, version: version + 1 });
  expect(await queued("users", userId, assign(two.id, userId), deactivate(userId, back.version))).toEqual([
    "ok",
    "ok",
  ]);
  const { assignee, timeline } = await sofia.tickets.get.query({ ticketId: two.id });
  expect(assignee).toBeNull();
  expect(timeline).toHaveLength(1);
  const [row] = await server.resources.sql<{ kinds: string[] }[]>`
    select array(select kind from ticket_history where ticket_id = ${two.id} order by sequence) as kinds`;
  expect(row!.kinds).toEqual(["ticket_opened", "assignee_changed", "assignee_changed"]);
});

test("of many who hand a person tickets while they are put out and let in again, nobody meets a deadlock", async () => {
  const carla = await person("carla@");
  const tickets = await Promise.all(Array.from({ length: 12 }, openTicket));
  const codes = await Promise.all([
    ...tickets.map(({ id }) => assign(id, carla.id)()),
    deactivate(carla.id, carla.version)(),
    ...tickets.map(({ id }) => codeOf(sofia.tickets.reply.mutate({ ticketId: id, body: "Busy." }))),
  ]);
  expect(codes.filter((code) => code !== "ok" && code !== "assignee.not_eligible")).toEqual([]);
  const [left] = await server.resources.sql<{ n: number }[]>`
    select count(*)::int as n from tickets where assignee_id = ${carla.id} and resolved_at is null`;
  expect(left!.n).toBe(0);
});
