import { type HelpdeskApi, refusalIn } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recount } from "./recount.ts";

let server: TestServer;
let omar: HelpdeskApi;
let nora: HelpdeskApi;
let ben: HelpdeskApi;

/** Thursday, 15:00 in Berlin, before a Friday that is a holiday or not. */
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
const recounted = async () => {
  const [job] = await server.resources.sql<{ data: { organizationId: string } }[]>`
    delete from pgboss.job where name = 'recount_clocks' returning data`;
  const changed = await recount(server.resources, job!.data);
  vi.setSystemTime(Date.now() + 1_000);
  return changed;
};

const open = async (title = "Due") => {
  const departments = await nora.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  return nora.tickets.open.mutate({ title, description: "", priority: "high", departmentId });
};

const officeHours = async () => {
  const calendars = await omar.sla.calendars.list.query();
  return calendars.find(({ name }) => name === "Office hours")!;
};
const policyFor = async (name: string) =>
  (await omar.sla.policies.list.query()).find((each) => each.name === name)!;

const editable = ({
  id,
  position: _place,
  updatedAt: _at,
  ...policy
}: Awaited<ReturnType<typeof policyFor>>) => ({
  policyId: id,
  ...policy,
});
const editableCalendar = ({ id, updatedAt: _at, ...calendar }: Awaited<ReturnType<typeof officeHours>>) => ({
  calendarId: id,
  ...calendar,
});

test("S44 a holiday moves what is running, and leaves what is met and what is breached", async () => {
  const running = await open("Running");
  const met = await open("Met");
  await ben.tickets.reply.mutate({ ticketId: met.id, body: "Done." });
  const metBefore = await nora.tickets.get.query({ ticketId: met.id });
  const calendar = editableCalendar(await officeHours());
  const holidays = [...calendar.holidays, { date: "2027-04-30", name: "A day off", hours: null }];
  const edited = await omar.sla.calendars.update.mutate({ ...calendar, holidays });
  expect(edited.version).toBe(calendar.version + 1);
  expect(await recounted()).toBeGreaterThanOrEqual(2);

  const after = await ben.tickets.get.query({ ticketId: running.id });
  // Eight hours: two on Thursday, six on Monday instead of Friday.
  expect(running.resolutionDueAt).toBe("2027-04-30T13:00:00.000Z");
  expect(after.resolutionDueAt).toBe("2027-05-03T13:00:00.000Z");
  expect({ version: after.version, updatedAt: after.updatedAt }).toEqual({
    version: running.version,
    updatedAt: running.updatedAt,
  });
  const clock = (ticket: typeof after) => ticket.clocks.find(({ metric }) => metric === "first_response");
  expect(clock(await nora.tickets.get.query({ ticketId: met.id }))).toEqual(clock(metBefore));
  expect(await recount(server.resources, { organizationId: await organizationId() })).toBe(0);
});

const organizationId = async () =>
  (await server.resources.sql<{ id: string }[]>`select id from organizations where slug = 'demo'`)[0]!.id;

test("another target holds for what is running, with its elapsed time kept; a switched-off policy ends its clocks", async () => {
  const policy = editable(await policyFor("High"));
  const { id } = await open();
  vi.setSystemTime("2027-04-29T14:00:00.000Z");
  const shorter = await omar.sla.policies.update.mutate({ ...policy, resolutionTargetSeconds: 1_800 });
  await recounted();
  const { clocks, isResolutionBreached, timeline } = await ben.tickets.get.query({ ticketId: id });
  expect(isResolutionBreached).toBe(true);
  expect(clocks.filter(({ metric }) => metric === "resolution")).toMatchObject([
    { state: "superseded", breachedAt: null },
    { state: "running", dueAt: "2027-04-29T13:30:00.000Z", breachedAt: "2027-04-29T14:00:00.000Z" },
  ]);
  expect(timeline.filter(({ kind }) => kind === "sla_breached")).toMatchObject([{ actor: null }]);

  await omar.sla.policies.update.mutate({ ...policy, version: shorter.version, isActive: false });
  await recounted();
  const ended = await ben.tickets.get.query({ ticketId: id });
  expect(ended).toMatchObject({ resolutionDueAt: null, isResolutionBreached: true });
});

test("a new policy applies by its place, and the explanation says why", async () => {
  const { id } = await open();
  const calendarId = (await officeHours()).id;
  const created = await omar.sla.policies.create.mutate({
    name: "By web",
    calendarId,
    conditions: { sources: ["web"], priorities: ["high"] },
    resolutionTargetSeconds: 3_600,
    warnings: { beforeDueSeconds: { resolution: 600 } },
  });
  const order = (await omar.sla.policies.list.query()).map((policy) => policy.id);
  expect(order.at(-1)).toBe(created.id);
  const places = await omar.sla.policies.order.mutate({ policyIds: [created.id, ...order.slice(0, -1)] });
  expect(places.map(({ name }) => name)[0]).toBe("By web");
  await recounted();
  const explained = await ben.sla.explain.query({ ticketId: id, metric: "resolution" });
  expect(explained.policy).toEqual({
    id: created.id,
    position: 1,
    matched: { priority: "high", source: "web" },
  });
  expect(explained.cycles.at(-1)).toMatchObject({ state: "running", warningAt: "2027-04-29T13:50:00.000Z" });
});

test("an explanation tells by which tag a policy applies, and not to the ticket's customer who works here", async () => {
  const tag = await omar.tags.create.mutate({ name: "difficult" });
  const { id: policyId } = await omar.sla.policies.create.mutate({
    name: "By tag",
    calendarId: (await officeHours()).id,
    conditions: { tagIds: [tag.id], sources: ["web"] },
    resolutionTargetSeconds: 3_600,
  });
  const others = (await omar.sla.policies.list.query()).filter(({ id }) => id !== policyId);
  await omar.sla.policies.order.mutate({ policyIds: [policyId, ...others.map(({ id }) => id)] });
  vi.setSystemTime(Date.now() + 1_000);
  const { id: ticketId, version } = await ben.tickets.open.mutate({ title: "Mine", description: "" });
  await omar.tickets.setTags.mutate({ ticketId, version, tags: ["difficult"] });
  const explain = { ticketId, metric: "resolution" } as const;
  expect((await omar.sla.explain.query(explain)).policy).toEqual({
    id: policyId,
    position: 1,
    matched: { source: "web", tagId: tag.id },
  });
  expect((await ben.sla.explain.query(explain)).policy).toEqual({
    id: policyId,
    position: 1,
    matched: { source: "web" },
  });
});

test("the spans of an explanation sum to what the clock has used, pauses and nights included", async () => {
  const { id, version } = await open();
  vi.setSystemTime("2027-04-29T13:30:00.000Z");
  await ben.tickets.setStatus.mutate({ ticketId: id, version, status: "waiting" });
  vi.setSystemTime("2027-04-29T14:15:00.000Z");
  await nora.tickets.reply.mutate({ ticketId: id, body: "Here it is." });
  vi.setSystemTime("2027-05-03T08:00:00.000Z");
  const { cycles } = await ben.sla.explain.query({ ticketId: id, metric: "resolution" });
  const [cycle] = cycles;
  expect(cycles).toHaveLength(1);
  const counted = cycle!.spans.filter(({ kind }) => kind === "counted");
  expect(counted.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(cycle!.elapsedSeconds);
  expect(cycle).toMatchObject({ explainedSeconds: cycle!.elapsedSeconds, carriedSeconds: 0 });
  expect(cycle!.spans.map(({ kind, from, seconds }) => [kind, from.slice(5, 16), seconds])).toEqual([
    ["counted", "04-29T13:00", 1_800],
    ["paused", "04-29T13:30", 2_700],
    ["counted", "04-29T14:15", 2_700],
    ["closed", "04-29T15:00", 57_600],
    ["counted", "04-30T07:00", 28_800],
    ["closed", "04-30T15:00", 230_400],
    ["counted", "05-03T07:00", 3_600],
  ]);
});

test("a simulation has the first response that a ticket resolved before its period still waited for", async () => {
  const { id, version } = await open();
  await ben.tickets.setStatus.mutate({ ticketId: id, version, status: "resolved" });
  vi.setSystemTime("2027-05-10T15:00:00.000Z");
  const period = { from: "2027-04-29T13:30:00.000Z", to: "2027-05-10T15:00:00.000Z" };
  const { breaches } = await omar.sla.simulate.query({
    ...period,
    policies: [{ calendarId: (await officeHours()).id, firstResponseTargetSeconds: 3_600 }],
  });
  expect(breaches.filter(({ ticketId }) => ticketId === id)).toMatchObject([{ metric: "first_response" }]);
});

test("a simulation tells the breaches of a proposal beside those there are, and changes nothing", async () => {
  const { id } = await open();
  vi.setSystemTime("2027-05-03T15:00:00.000Z");
  await ben.tickets.reply.mutate({ ticketId: id, body: "Late." });
  const period = { from: THURSDAY, to: "2027-05-03T15:00:00.000Z" };
  const ours = ({ breaches }: { breaches: { ticketId: string; metric: string; dueAt: string }[] }) =>
    breaches.filter(({ ticketId }) => ticketId === id).map(({ metric, dueAt }) => [metric, dueAt]);
  const calendarId = (await officeHours()).id;
  const proposal = [{ calendarId, firstResponseTargetSeconds: 3_600 }];
  const proposed = await omar.sla.simulate.query({ ...period, policies: proposal });
  expect(proposed.isComplete).toBe(true);
  expect(ours(proposed)).toEqual([["first_response", "2027-04-29T14:00:00.000Z"]]);
  expect(ours({ breaches: proposed.breachesNow }).map(([metric]) => metric)).toEqual([
    "first_response",
    "resolution",
  ]);
  const none = await omar.sla.simulate.query({ ...period, policies: [] });
  expect(none.breaches).toEqual([]);
  const always = { timeZone: "Etc/UTC", hours: { sun: [["00:00", "24:00"]] as [string, string][] } };
  const moved = await omar.sla.simulate.query({
    ...period,
    policies: proposal,
    calendars: [{ calendarId, ...always }],
  });
  expect(ours(moved)).toEqual([["first_response", "2027-05-02T01:00:00.000Z"]]);
});

test("a rebuild finds nothing to say of what the product wrote, and names what somebody else did", async () => {
  const { id } = await open();
  vi.setSystemTime("2027-04-29T13:10:00.000Z");
  await ben.tickets.reply.mutate({ ticketId: id, body: "Yes?" });
  vi.setSystemTime("2027-04-29T13:20:00.000Z");
  await nora.tickets.reply.mutate({ ticketId: id, body: "No." });
  const findings = async () => {
    const { items } = await omar.sla.rebuild.query({ limit: 100 });
    return items.find(({ ticketId }) => ticketId === id);
  };
  expect(await findings()).toBeUndefined();
  await server.resources.sql`
    update sla_cycles set elapsed_seconds = 77 where ticket_id = ${id} and metric = 'next_response'`;
  await server.resources.sql`update tickets set next_response_due_at = null where id = ${id}`;
  expect(await findings()).toEqual({
    ticketId: id,
    differences: [{ metric: "next_response", ordinal: 1, field: "elapsedSeconds", stored: 77, folded: 0 }],
    staleDueInstants: ["nextResponseDueAt"],
  });
});

test("what can never be kept, what is stale and what is not there is refused, and nothing is written", async () => {
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => refusalIn(error as never),
    );
  const policy = editable(await policyFor("Low"));
  const calendar = editableCalendar(await officeHours());
  const before = await omar.sla.calendars.list.query();
  const rare = {
    ...calendar,
    hours: {},
    holidays: [{ date: "2027-05-05", name: "Once", hours: [["09:00", "10:00"]] as [string, string][] }],
  };
  expect(await refusal(omar.sla.calendars.update.mutate(rare))).toMatchObject({
    code: "sla_policy.unreachable",
  });
  expect(
    await refusal(omar.sla.calendars.update.mutate({ ...calendar, hours: {}, holidays: [] })),
  ).toMatchObject({
    code: "input.invalid",
    issues: [{ path: ["hours"] }],
  });
  expect(
    await refusal(omar.sla.calendars.update.mutate({ ...calendar, version: calendar.version + 1 })),
  ).toEqual({
    code: "version.conflict",
    version: calendar.version,
  });
  expect(await omar.sla.calendars.list.query()).toEqual(before);
  const nowhere = "00000000-0000-4000-8000-000000000000";
  expect(await refusal(omar.sla.policies.update.mutate({ ...policy, calendarId: nowhere }))).toEqual({
    code: "calendar.not_found",
  });
  expect(await refusal(omar.sla.policies.update.mutate({ ...policy, policyId: nowhere }))).toEqual({
    code: "sla_policy.not_found",
  });
  expect(await refusal(omar.sla.policies.update.mutate({ ...policy, name: "Urgent" }))).toEqual({
    code: "sla_policy.name_taken",
  });
  expect(await refusal(omar.sla.policies.order.mutate({ policyIds: [policy.policyId] }))).toMatchObject({
    code: "sla_policy.order_incomplete",
  });
  expect(await refusal(ben.sla.policies.update.mutate(policy))).toMatchObject({ code: "permission.denied" });
  expect((await omar.sla.policies.update.mutate({ ...policy, isActive: true })).version).toBe(
    policy.version + 1,
  );
});
