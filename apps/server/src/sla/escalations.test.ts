import { type HelpdeskApi, refusalIn } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recount } from "./recount.ts";
import { tellDue } from "./tell-due.ts";

let server: TestServer;
let omar: HelpdeskApi, nora: HelpdeskApi, ben: HelpdeskApi;
let people: Map<string, { id: string; name: string; version: number }>;

/** Monday, 09:00 in Berlin; a first response to what is high is due an hour later. */
const MONDAY = "2027-05-03T07:00:00.000Z";
const at = (minutes: number) => vi.setSystemTime(Date.parse(MONDAY) + minutes * 60_000);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(MONDAY) });
  server = await startServer({ env: { AUTH_SESSION_DAYS: "365" } });
  const apiOf = async (who: string) => (await server.as(who)).api;
  [omar, nora, ben] = [await apiOf("omar"), await apiOf("nora"), await apiOf("ben")];
  const { items } = await omar.users.list.query({ limit: 100 });
  people = new Map(items.map((person) => [person.email.slice(0, person.email.indexOf("@")), person]));
  // What the seed left running would be told too.
  await server.resources.sql`
    update sla_cycles set state = 'cancelled', running_since = null, closed_at = started_at where state in ('running', 'paused')`;
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

const idOf = (who: string) => people.get(who)!.id;

type Terms = Parameters<HelpdeskApi["sla"]["policies"]["update"]["mutate"]>[0];
type Steps = NonNullable<NonNullable<Terms["escalations"]>["steps"]>;

const highPolicy = async () => {
  const all = await omar.sla.policies.list.query();
  const { id, position: _place, updatedAt: _at, ...policy } = all.find(({ name }) => name === "High")!;
  return { policyId: id, ...policy };
};
const escalating = async (steps: Steps) =>
  omar.sla.policies.update.mutate({ ...(await highPolicy()), escalations: { steps } });

const open = async () => {
  const departments = await nora.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  return nora.tickets.open.mutate({
    title: "Nobody answers",
    description: "",
    priority: "high",
    departmentId,
  });
};
const told = async (ticketId: string) =>
  (await ben.tickets.get.query({ ticketId })).timeline.filter(({ kind }) => kind !== "ticket_opened");
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => refusalIn(error as never),
  );

test("steps are taken when they come, in one decision with the breach, and show in the timeline and the bell", async () => {
  await escalating([
    { metric: "first_response", action: { kind: "notify", roles: ["manager"], userIds: [idOf("yuki")] } },
    { metric: "first_response", action: { kind: "raise_priority", priority: null } },
    { metric: "first_response", afterDueSeconds: 1_800, action: { kind: "reassign", userId: null } },
  ]);
  at(1);
  const { id } = await open();
  at(62);
  expect(await tellDue(server.resources)).toBe(1);
  const entries = await told(id);
  expect(entries.slice(0, 4).map(({ kind }) => kind)).toEqual([
    "sla_breached",
    "sla_escalated",
    "sla_escalated",
    "priority_changed",
  ]);
  expect(entries.every(({ actor }) => actor === null)).toBe(true);
  expect(entries[1]!.changes).toMatchObject({
    metric: { to: { id: "first_response" } },
    action: { to: { id: "notify" } },
    told: { to: { label: `${people.get("petra")!.name}, ${people.get("yuki")!.name}` } },
  });
  expect(entries[3]!.changes["priority"]).toMatchObject({ from: { id: "high" }, to: { id: "urgent" } });
  const yuki = (await server.as("yuki")).api;
  const { items } = await yuki.notifications.list.query({});
  expect(items.filter(({ ticket }) => ticket?.id === id).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["sla_escalated"]),
  );
  expect(await told(id)).toHaveLength(entries.length);
  expect((await nora.tickets.get.query({ ticketId: id })).timeline.map(({ kind }) => kind)).toEqual([
    "ticket_opened",
  ]);
});

test("a reassigning step gives the ticket to the department's manager, and only to somebody who can have it", async () => {
  await escalating([
    { metric: "first_response", action: { kind: "reassign", userId: idOf("carla") } },
    { metric: "first_response", afterDueSeconds: 600, action: { kind: "reassign", userId: null } },
  ]);
  at(1);
  const { id } = await open();
  at(62);
  await tellDue(server.resources);
  // Carla works for another department.
  const [, escalated] = await told(id);
  expect(escalated!.changes["problem"]?.to).toMatchObject({ id: "not_eligible" });
  expect((await ben.tickets.get.query({ ticketId: id })).assignee).toBeNull();
  at(72);
  await tellDue(server.resources);
  expect((await ben.tickets.get.query({ ticketId: id })).assignee?.id).toBe(idOf("petra"));
  expect(await tellDue(server.resources)).toBe(0);
});

test("S35 a switched-off policy escalates no more; a paused clock waits", async () => {
  const notify = { kind: "notify" as const, userIds: [idOf("ben")] };
  await escalating([
    { metric: "resolution", afterDueSeconds: 600, action: notify },
    { metric: "resolution", afterDueSeconds: 3_600, action: notify },
  ]);
  at(1);
  const [paused, running] = [await open(), await open()];
  // Eight hours on Monday: both are over at a minute past nine on Tuesday.
  const tuesday = (minutes: number) => at(24 * 60 + minutes);
  tuesday(2);
  await tellDue(server.resources);
  const { version, isResolutionBreached } = await ben.tickets.get.query({ ticketId: paused.id });
  expect(isResolutionBreached).toBe(true);
  await ben.tickets.setStatus.mutate({ ticketId: paused.id, version, status: "waiting" });
  const steps = async ({ id }: { id: string }) =>
    (await told(id)).filter(({ kind }) => kind === "sla_escalated").length;
  tuesday(14);
  await tellDue(server.resources);
  expect([await steps(paused), await steps(running)]).toEqual([0, 1]);

  await omar.sla.policies.update.mutate({ ...(await highPolicy()), isActive: false });
  const [job] = await server.resources.sql<{ data: { organizationId: string } }[]>`
    delete from pgboss.job where name = 'recount_clocks' returning data`;
  tuesday(15);
  await recount(server.resources, job!.data);
  tuesday(100);
  await tellDue(server.resources);
  expect([await steps(paused), await steps(running)]).toEqual([0, 1]);
  expect(await ben.tickets.get.query({ ticketId: running.id })).toMatchObject({ isResolutionBreached: true });
});

test("steps that name somebody who cannot help, or nobody, are refused, and those that can are kept", async () => {
  const policy = await highPolicy();
  const save = (steps: Steps) => omar.sla.policies.update.mutate({ ...policy, escalations: { steps } });
  const notify = (userId: string): Steps => [
    { metric: "resolution", action: { kind: "notify", userIds: [userId] } },
  ];
  for (const userId of [idOf("nora"), "00000000-0000-4000-8000-000000000000"]) {
    expect(await refusal(save(notify(userId)))).toEqual({
      code: "sla_policy.person_not_eligible",
      userIds: [userId],
    });
  }
  expect(await refusal(save([{ metric: "resolution", action: { kind: "notify" } }]))).toMatchObject({
    code: "input.invalid",
  });
  const ben = people.get("ben")!;
  expect((await save(notify(ben.id))).escalations).toEqual({
    steps: [
      { metric: "resolution", afterDueSeconds: 0, action: { kind: "notify", roles: [], userIds: [ben.id] } },
    ],
  });
});
