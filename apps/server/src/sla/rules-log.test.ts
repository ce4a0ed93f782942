import type { HelpdeskApi } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recount } from "./recount.ts";

let server: TestServer;
let omar: HelpdeskApi;
let nora: HelpdeskApi;
let ben: HelpdeskApi;

/** Thursday, 15:00 in Berlin. */
const THURSDAY = "2027-04-29T13:00:00.000Z";

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(THURSDAY) });
  server = await startServer({ env: { AUTH_SESSION_DAYS: "365" } });
  const apiOf = async (who: string) => (await server.as(who)).api;
  omar = await apiOf("omar");
  nora = await apiOf("nora");
  ben = await apiOf("ben");
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

/** As the worker does with the job that an edit leaves; a second later everybody knows the new rules. */
async function recounted(): Promise<number> {
  const [job] = await server.resources.sql<{ data: { organizationId: string } }[]>`
    delete from pgboss.job where name = 'recount_clocks' returning data`;
  vi.setSystemTime(Date.now() + 2_000);
  return recount(server.resources, job!.data);
}

async function open() {
  const departments = await nora.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  return nora.tickets.open.mutate({ title: "Due", description: "", priority: "high", departmentId });
}

async function closeOn(date: string) {
  const calendars = await omar.sla.calendars.list.query();
  const { id, updatedAt: _at, ...calendar } = calendars.find(({ name }) => name === "Office hours")!;
  const holidays = [...calendar.holidays, { date, name: "A day off", hours: null }];
  await omar.sla.calendars.update.mutate({ ...calendar, calendarId: id, holidays });
}

type Policy = Awaited<ReturnType<HelpdeskApi["sla"]["policies"]["list"]["query"]>>[number];

async function editHigh(change: Partial<Omit<Policy, "id" | "conditions">>) {
  const policies = await omar.sla.policies.list.query();
  const { id, position: _p, updatedAt: _at, ...policy } = policies.find(({ name }) => name === "High")!;
  await omar.sla.policies.update.mutate({ ...policy, ...change, policyId: id });
}

const rebuilt = async () => (await omar.sla.rebuild.query({ limit: 100 })).items;
const explained = (ticketId: string, metric: "first_response" | "resolution" = "resolution") =>
  ben.sla.explain.query({ ticketId, metric });

test("a clock that ended is explained by the calendar it was counted by, whatever becomes of that", async () => {
  const { id } = await open();
  vi.setSystemTime("2027-04-29T14:00:00.000Z");
  await ben.tickets.reply.mutate({ ticketId: id, body: "Done." });
  await closeOn("2027-04-29");
  await recounted();
  await closeOn("2027-04-28");
  await recounted();
  const [met] = (await explained(id, "first_response")).cycles;
  expect(met).toMatchObject({ calendarVersion: 1, elapsedSeconds: 3_600, explainedSeconds: 3_600 });
  expect(met!.spans.map(({ kind, seconds }) => [kind, seconds])).toEqual([["counted", 3_600]]);
  const [running] = (await explained(id)).cycles;
  expect(running).toMatchObject({ calendarVersion: 3, elapsedSeconds: 0, explainedSeconds: 0 });
});

test("a rebuild has nothing to say after any edit of the rules, however late a process knows it", async () => {
  const { id } = await open();
  const after = async (edit: Promise<unknown>) => {
    await edit;
    // Somebody is quicker than the worker, by the rules that their process knows.
    await nora.tickets.reply.mutate({ ticketId: id, body: "And?" });
    expect(await rebuilt()).toEqual([]);
    const count = await recounted();
    vi.setSystemTime(Date.now() + 600_000);
    await ben.tickets.reply.mutate({ ticketId: id, body: "Soon." });
    expect(await rebuilt()).toEqual([]);
    return count;
  };
  expect(await after(editHigh({ resolutionTargetSeconds: 14_400 }))).toBeGreaterThan(0);
  const { version } = await ben.tickets.get.query({ ticketId: id });
  await ben.tickets.setStatus.mutate({ ticketId: id, version, status: "waiting" });
  expect(await after(closeOn("2027-04-30"))).toBeGreaterThan(0);
  await after(editHigh({ pausesResolution: false, pausesFirstResponse: true, reopenMode: "total" }));
  const order = (await omar.sla.policies.list.query()).map((policy) => policy.id);
  await after(omar.sla.policies.order.mutate({ policyIds: order.toReversed() }));
  await after(editHigh({ isActive: false }));
  await after(editHigh({ isActive: true, nextResponseTargetSeconds: 300 }));
  const calendar = await omar.sla.calendars.create.mutate({
    name: "Nights",
    timeZone: "Europe/Berlin",
    hours: { thu: [["16:00", "24:00"]], fri: [["00:00", "24:00"]] },
    holidays: [],
  });
  const departments = await omar.departments.list.query();
  const support = departments.find(({ name }) => name === "Technical support")!;
  const department = await omar.departments.get.query({ departmentId: support.id });
  const switched = { departmentId: support.id, version: department.version, calendarId: calendar.id };
  await after(omar.departments.update.mutate(switched));
  await closeOn("2027-05-03");
  await after(editHigh({ pausesResolution: true }));
  for (const { elapsedSeconds, explainedSeconds } of (await explained(id)).cycles)
    expect(explainedSeconds).toBe(elapsedSeconds);
  await server.resources.sql`
    update sla_cycles set elapsed_seconds = elapsed_seconds + 1
    where ticket_id = ${id} and metric = 'resolution' and ordinal = 1`;
  expect((await rebuilt()).map(({ ticketId }) => ticketId)).toEqual([id]);
});

test("why a policy applied is kept with the clock, and shows no tag to those who see no notes", async () => {
  const { id, version } = await open();
  const [tag] = await omar.tags.list.query();
  await ben.tickets.setTags.mutate({ ticketId: id, version, tags: [tag!.name] });
  const [first] = (await explained(id)).cycles;
  expect(first!.reason.matched).toEqual({ priority: "high" });
  const calendars = await omar.sla.calendars.list.query();
  const created = await omar.sla.policies.create.mutate({
    name: "Tagged",
    calendarId: calendars.find(({ name }) => name === "Office hours")!.id,
    conditions: { tagIds: [tag!.id] },
    resolutionTargetSeconds: 3_600,
  });
  const others = (await omar.sla.policies.list.query()).map((policy) => policy.id).slice(0, -1);
  await omar.sla.policies.order.mutate({ policyIds: [created.id, ...others] });
  await recounted();
  await omar.sla.policies.order.mutate({ policyIds: [...others, created.id] });
  await recounted();
  const { policy, cycles } = await explained(id);
  expect(cycles.map(({ reason }) => reason)).toEqual([
    first!.reason,
    { position: 1, matched: { tagId: tag!.id } },
    { position: policy!.position, matched: { priority: "high" } },
  ]);
  await server.resources.sql`
    update tickets set assignee_id = null, customer_id = (select id from users where email like 'ben@%')
    where id = ${id}`;
  const own = await explained(id);
  expect(own.cycles.map(({ reason }) => reason.matched)).toEqual([
    { priority: "high" },
    {},
    { priority: "high" },
  ]);
});
