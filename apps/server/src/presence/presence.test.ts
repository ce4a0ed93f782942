import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { toEpochMs, toInstant } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRuntime } from "../runtime.ts";
import { sweepExpired } from "../worker/sweep-expired.ts";

let server: TestServer;
let nowMs = Date.parse("2026-03-02T09:00:00.000Z");
let ben: HelpdeskApi, yuki: HelpdeskApi, carla: HelpdeskApi, nora: HelpdeskApi, erik: HelpdeskApi;
let benId: string, yukiId: string, noraId: string;
const runtime = { ...systemRuntime, now: () => toInstant(nowMs) };

beforeAll(async () => {
  server = await startServer({ runtime });
  const api = async (name: string) => (await server.as(name)).api;
  [ben, yuki, carla, nora, erik] = [
    await api("ben"),
    await api("yuki"),
    await api("carla"),
    await api("nora"),
    await api("erik"),
  ];
  const idOf = async (of: HelpdeskApi) => (await of.auth.me.query()).id;
  [benId, yukiId, noraId] = [await idOf(ben), await idOf(yuki), await idOf(nora)];
});
afterAll(() => server[Symbol.asyncDispose]());

const pass = (seconds: number) => (nowMs += seconds * 1_000);
const now = () => toInstant(nowMs);

async function supportTicket(): Promise<string> {
  const departments = await nora.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  return (await nora.tickets.open.mutate({ title: "Who is here", description: "", departmentId })).id;
}

const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal;
      throw error;
    },
  );

const gone = { code: "ticket.not_found" };

test("two who are at a ticket see each other and what they do, and not themselves", async () => {
  const ticketId = await supportTicket();
  expect(await ben.presence.report.mutate({ ticketId, activity: "looking" })).toEqual([]);
  const cameAt = now();
  pass(5);
  expect(await yuki.presence.report.mutate({ ticketId, activity: "typing" })).toEqual([
    { id: benId, name: "Ben Okafor", activity: "looking", since: cameAt },
  ]);
  expect(await ben.presence.list.query({ ticketId })).toEqual([
    { id: yukiId, name: "Yuki Tanaka", activity: "typing", since: now() },
  ]);
  expect(await ben.presence.list.query({ ticketId: await supportTicket() })).toEqual([]);
});

test("what goes on keeps its beginning through every report, and another activity begins anew", async () => {
  const ticketId = await supportTicket();
  await ben.presence.report.mutate({ ticketId, activity: "looking" });
  const cameAt = now();
  for (let reports = 0; reports < 5; reports++) {
    pass(10);
    await ben.presence.report.mutate({ ticketId, activity: "looking" });
  }
  const at = async () => (await yuki.presence.list.query({ ticketId }))[0];
  expect(await at()).toMatchObject({ activity: "looking", since: cameAt });
  pass(10);
  await ben.presence.report.mutate({ ticketId, activity: "typing" });
  expect(await at()).toMatchObject({ activity: "typing", since: now() });
});

test("who says no more is gone after half a minute and not before, and who leaves is gone at once", async () => {
  const ticketId = await supportTicket();
  await ben.presence.report.mutate({ ticketId, activity: "looking" });
  pass(29);
  expect(await yuki.presence.list.query({ ticketId })).toHaveLength(1);
  pass(1);
  expect(await yuki.presence.list.query({ ticketId })).toEqual([]);
  await ben.presence.report.mutate({ ticketId, activity: "looking" });
  expect(await yuki.presence.list.query({ ticketId })).toMatchObject([{ id: benId, since: now() }]);
  await ben.presence.report.mutate({ ticketId, activity: "left" });
  expect(await yuki.presence.list.query({ ticketId })).toEqual([]);
});

test("staff see their customer typing, and the customer sees nobody", async () => {
  const ticketId = await supportTicket();
  await ben.presence.report.mutate({ ticketId, activity: "typing" });
  expect(await nora.presence.report.mutate({ ticketId, activity: "typing" })).toEqual([]);
  expect(await nora.presence.list.query({ ticketId })).toEqual([]);
  expect(await ben.presence.list.query({ ticketId })).toMatchObject([{ id: noraId, activity: "typing" }]);
});

test("who may not see a ticket can neither be at it nor hear who is, and leaves no trace", async () => {
  const ticketId = await supportTicket();
  await ben.presence.report.mutate({ ticketId, activity: "looking" });
  for (const outsider of [carla, erik]) {
    expect(await refusalOf(outsider.presence.list.query({ ticketId }))).toEqual(gone);
    for (const activity of ["looking", "left"] as const)
      expect(await refusalOf(outsider.presence.report.mutate({ ticketId, activity }))).toEqual(gone);
  }
  const rows = await server.resources.sql`select user_id from ticket_presence where ticket_id = ${ticketId}`;
  expect(rows.map((row) => row["user_id"])).toEqual([benId]);
});

test("what has expired is swept, what goes on stays", async () => {
  const [old, live] = [await supportTicket(), await supportTicket()];
  await ben.presence.report.mutate({ ticketId: old, activity: "looking" });
  pass(31);
  await ben.presence.report.mutate({ ticketId: live, activity: "looking" });
  const { ticketPresence } = await sweepExpired({ sql: server.resources.sql, runtime });
  expect(ticketPresence).toBeGreaterThan(0);
  const rows = await server.resources.sql<{ id: string; at: string }[]>`
    select ticket_id as id, expires_at as at from ticket_presence`;
  expect(rows.map(({ id }) => id)).toEqual([live]);
  expect(toEpochMs(rows[0]!.at)).toBe(nowMs + 30_000);
});
