import { type HelpdeskApi, isRefusal } from "@helpdesk/client";
import { demoAccounts } from "@helpdesk/db";
import { type Instant, plusSeconds } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closeResolved } from "./close-resolved.ts";

const RESOLVED: Instant = "2026-05-26T09:00:00.000Z";
const DAY_SECONDS = 86_400;

let server: TestServer;
let nora: HelpdeskApi, ben: HelpdeskApi, petra: HelpdeskApi, omar: HelpdeskApi;

const at = (days: number) => vi.setSystemTime(plusSeconds(RESOLVED, days * DAY_SECONDS));
const sweep = () => closeResolved(server.resources);

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(RESOLVED) });
  server = await startServer();
  const api = async (name: string) => (await server.as(name)).api;
  [nora, ben, petra, omar] = await Promise.all([api("nora"), api("ben"), api("petra"), api("omar")]);
  await sweep();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

async function resolvedTicket(): Promise<{ ticketId: string }> {
  const { id } = await nora.tickets.open.mutate({ title: "Soon done", description: "" });
  await ben.tickets.take.mutate({ ticketId: id });
  await ben.tickets.setStatus.mutate({ ticketId: id, status: "resolved", version: 2 });
  return { ticketId: id };
}

/** Signs in again: access tokens do not live for days. */
const as = async (name: string) => {
  const { organization, email, password } = demoAccounts.find((each) => each.email.startsWith(`${name}@`))!;
  const client = server.client();
  await client.signIn({ organization, email, password });
  return client.api;
};

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (error: unknown) => {
      if (isRefusal(error)) return error.data.refusal.code;
      throw error;
    },
  );

test("what is resolved closes seven days later, by the product itself, exactly once, however many sweep", async () => {
  at(0);
  const tickets = await Promise.all(Array.from({ length: 60 }, resolvedTicket));
  const open = await nora.tickets.open.mutate({ title: "Not done", description: "" });
  at(6.99);
  expect(await sweep()).toEqual({ closed: 0 });
  at(7);
  const swept = await Promise.all([sweep(), sweep(), sweep()]);
  expect(swept.reduce((sum, { closed }) => sum + closed, 0)).toBe(tickets.length);
  expect(await sweep()).toEqual({ closed: 0 });

  ben = await as("ben");
  const closed = await ben.tickets.get.query(tickets[0]!);
  expect(closed).toMatchObject({
    status: "closed",
    closedAt: plusSeconds(RESOLVED, 7 * DAY_SECONDS),
    version: 4,
  });
  expect(closed.timeline.at(-1)).toMatchObject({
    kind: "status_changed",
    actor: null,
    changes: { status: { from: { id: "resolved" }, to: { id: "closed" } } },
  });
  const rows = await server.resources.sql<{ closings: number }[]>`
    select count(*)::int as closings from ticket_history
    where kind = 'status_changed' and actor_kind = 'system'
      and ticket_id = any(${tickets.map(({ ticketId }) => ticketId)}) group by ticket_id`;
  expect(rows.map(({ closings }) => closings)).toEqual(tickets.map(() => 1));
  expect((await ben.tickets.get.query({ ticketId: open.id })).status).toBe("open");
});

test("a ticket that came back to work meanwhile stays, and one resolved again waits its days again", async () => {
  at(20);
  [nora, ben] = [await as("nora"), await as("ben")];
  const [back, again] = [await resolvedTicket(), await resolvedTicket()];
  at(24);
  [nora, ben] = [await as("nora"), await as("ben")];
  await nora.tickets.reply.mutate({ ...back, body: "Not yet." });
  await ben.tickets.setStatus.mutate({ ...again, status: "in_progress", version: 3 });
  await ben.tickets.setStatus.mutate({ ...again, status: "resolved", version: 4 });
  at(28);
  expect(await sweep()).toEqual({ closed: 0 });
  at(31);
  expect(await sweep()).toEqual({ closed: 1 });
  ben = await as("ben");
  expect((await ben.tickets.get.query(again)).status).toBe("closed");
  expect((await ben.tickets.get.query(back)).status).toBe("in_progress");
});

test("an organization sets the days, or that nothing closes by itself", async () => {
  at(40);
  [nora, ben, omar] = [await as("nora"), await as("ben"), await as("omar")];
  await resolvedTicket();
  const { version } = await omar.organization.get.query();
  expect(await codeOf(ben.organization.update.mutate({ version, autoCloseAfterDays: 1 }))).toBe(
    "permission.denied",
  );
  await omar.organization.update.mutate({ version, autoCloseAfterDays: null });
  expect(await codeOf(omar.organization.update.mutate({ version, autoCloseAfterDays: 1 }))).toBe(
    "version.conflict",
  );
  at(80);
  expect(await sweep()).toEqual({ closed: 0 });
  omar = await as("omar");
  await omar.organization.update.mutate({ version: version + 1, autoCloseAfterDays: 40 });
  expect(await sweep()).toEqual({ closed: 1 });
});

test("a closed ticket is reopened with a reason by who may, and the reason is history that its customer does not read", async () => {
  at(90);
  [nora, ben, petra] = [await as("nora"), await as("ben"), await as("petra")];
  const { ticketId } = await resolvedTicket();
  const reopening = { ticketId, reason: "Closed by mistake", version: 4 };
  expect(await codeOf(petra.tickets.reopen.mutate({ ...reopening, version: 3 }))).toBe("ticket.not_closed");
  await ben.tickets.setStatus.mutate({ ticketId, status: "closed", version: 3 });
  expect(await codeOf(ben.tickets.reopen.mutate(reopening))).toBe("permission.denied");
  expect(await codeOf(petra.tickets.reopen.mutate({ ...reopening, version: 3 }))).toBe("version.conflict");
  const reopened = await petra.tickets.reopen.mutate(reopening);
  expect(reopened).toMatchObject({ status: "in_progress", closedAt: null, resolvedAt: null, version: 5 });
  expect(await codeOf(petra.tickets.reopen.mutate({ ...reopening, version: 5 }))).toBe("ticket.not_closed");
  expect(await codeOf(nora.tickets.reply.mutate({ ticketId, body: "Thank you." }))).toBe("ok");

  const { timeline } = await ben.tickets.get.query({ ticketId });
  expect(timeline.find(({ kind }) => kind === "ticket_reopened")).toMatchObject({
    actor: { name: "Petra Vogel" },
    changes: { reason: { from: null, to: { label: "Closed by mistake" } } },
  });
  expect(JSON.stringify(await nora.tickets.get.query({ ticketId }))).not.toContain("by mistake");
});
