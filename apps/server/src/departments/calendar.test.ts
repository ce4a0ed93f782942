import { type HelpdeskApi, refusalIn } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recount } from "../sla/recount.ts";

let server: TestServer;
let omar: HelpdeskApi, nora: HelpdeskApi;

/** Monday, 09:00 in Berlin. */
const MONDAY = "2027-01-11T08:00:00.000Z";

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2027-01-11T07:00:00.000Z") });
  server = await startServer({ env: { AUTH_SESSION_DAYS: "365" } });
  [omar, nora] = [(await server.as("omar")).api, (await server.as("nora")).api];
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

const calendars = async () =>
  new Map((await omar.sla.calendars.list.query()).map((calendar) => [calendar.name, calendar.id]));

/** As the worker does with the job that an edit leaves. */
async function recounted(): Promise<number> {
  const [job] = await server.resources.sql<{ data: { organizationId: string } }[]>`
    delete from pgboss.job where name = 'recount_clocks' returning data`;
  return recount(server.resources, job!.data);
}

/** Ten business hours to a resolution of what is urgent. */
async function tenHours(): Promise<void> {
  const policies = await omar.sla.policies.list.query();
  const { id, position: _place, updatedAt: _at, ...urgent } = policies.find(({ name }) => name === "Urgent")!;
  await omar.sla.policies.update.mutate({ ...urgent, policyId: id, resolutionTargetSeconds: 36_000 });
  await server.resources.sql`delete from pgboss.job`;
  vi.setSystemTime(Date.now() + 1_000);
}

const resolutionOf = async (ticketId: string) =>
  (await omar.sla.explain.query({ ticketId, metric: "resolution" })).cycles;

test("a department that gets another calendar: its running clocks are the old one before, the new one after", async () => {
  await tenHours();
  vi.setSystemTime(MONDAY);
  const all = await calendars();
  const departments = await omar.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  const ticket = { title: "Handed over", description: "", priority: "urgent" as const };
  const { id } = await nora.tickets.open.mutate({ ...ticket, departmentId });
  const elsewhere = await nora.tickets.open.mutate(ticket);
  const { version, calendar } = await omar.departments.get.query({ departmentId });
  expect(calendar).toEqual({ id: all.get("Office hours"), name: "Office hours" });
  vi.setSystemTime("2027-01-11T16:00:00.000Z");
  const changed = await omar.departments.update.mutate({
    departmentId,
    version,
    calendarId: all.get("New York office")!,
  });
  expect(changed.calendar?.name).toBe("New York office");
  expect(await recounted()).toBeGreaterThan(0);
  // Eight hours were used on Monday in Berlin; the last two end at one in New York, where it has been ten.
  expect(await resolutionOf(id)).toMatchObject([
    { state: "superseded", elapsedSeconds: 28_800, calendarId: all.get("Office hours") },
    { state: "running", carriedSeconds: 28_800, dueAt: "2027-01-11T18:00:00.000Z" },
  ]);
  expect(await resolutionOf(elsewhere.id)).toHaveLength(1);
  expect(await recount(server.resources, { organizationId: await organizationId() })).toBe(0);

  const same = await omar.departments.update.mutate({ departmentId, version: version + 1, name: "Support" });
  expect(same.calendar?.name).toBe("New York office");
  expect(await server.resources.sql`select 1 from pgboss.job where name = 'recount_clocks'`).toHaveLength(0);
});

const organizationId = async () =>
  (await server.resources.sql<{ id: string }[]>`select id from organizations where slug = 'demo'`)[0]!.id;

test("S34 a ticket that moves to a department with another calendar keeps what it has used", async () => {
  await tenHours();
  vi.setSystemTime(MONDAY);
  const departments = await omar.departments.list.query();
  const idOf = (name: string) => departments.find((each) => each.name === name)!.id;
  const { id, version } = await nora.tickets.open.mutate({
    title: "Invoice",
    description: "",
    priority: "urgent",
    departmentId: idOf("Technical support"),
  });
  vi.setSystemTime("2027-01-11T16:00:00.000Z");
  const moved = await omar.tickets.setDepartment.mutate({
    ticketId: id,
    version,
    departmentId: idOf("Billing and accounts"),
  });
  expect(moved.resolutionDueAt).toBe("2027-01-11T18:00:00.000Z");
});

test("calendars that are not there, or can never keep a promise, are refused", async () => {
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => refusalIn(error as never),
    );
  const rare = await omar.sla.calendars.create.mutate({
    name: "Once",
    timeZone: "Etc/UTC",
    hours: {},
    holidays: [{ date: "2027-05-05", name: "Once", hours: [["09:00", "10:00"]] }],
  });
  const [department] = await omar.departments.list.query();
  const departmentId = department!.id;
  const { version } = await omar.departments.get.query({ departmentId });
  const nowhere = "00000000-0000-4000-8000-000000000000";
  const update = (calendarId: string) =>
    omar.departments.update.mutate({ departmentId, version, calendarId });
  expect(await refusal(update(nowhere))).toEqual({ code: "calendar.not_found" });
  expect(await refusal(update(rare.id))).toMatchObject({
    code: "sla_policy.unreachable",
    calendarId: rare.id,
  });
  const create = { name: "Rarely", calendarId: nowhere };
  expect(await refusal(omar.departments.create.mutate(create))).toEqual({ code: "calendar.not_found" });
  const all = await calendars();
  const made = await omar.departments.create.mutate({ ...create, calendarId: all.get("New York office")! });
  expect(made.calendar?.name).toBe("New York office");
});
