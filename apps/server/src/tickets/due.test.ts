import type { HelpdeskApi } from "@helpdesk/client";
import { type BusinessCalendar, type Instant, compileCalendar, dueAt, priorities } from "@helpdesk/domain";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

let server: TestServer;
let nora: HelpdeskApi;
const calendars = new Map<string, ReturnType<typeof compileCalendar>>();

const HOUR = 3_600;
const targets = {
  urgent: { first: HOUR / 2, resolution: 4 * HOUR },
  high: { first: HOUR, resolution: 8 * HOUR },
  medium: { first: 4 * HOUR, resolution: 24 * HOUR },
  low: { first: 8 * HOUR, resolution: 40 * HOUR },
};

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-03-01T00:00:00.000Z") });
  server = await startServer({ env: { AUTH_SESSION_DAYS: "365" } });
  nora = (await server.as("nora")).api;
  const rows = await server.resources.sql<
    {
      name: string;
      timeZone: string;
      hours: BusinessCalendar["hours"];
      holidays: { date: string; hours: { intervals: [string, string][] } | null }[];
    }[]
  >`
    select c.name, c.time_zone as "timeZone", c.hours,
      (select json_agg(json_build_object('date', h.date, 'hours', h.hours)) from calendar_holidays h
        where h.organization_id = c.organization_id and h.calendar_id = c.id) as holidays
    from business_calendars c join organizations o on o.id = c.organization_id and o.slug = 'demo'`;
  for (const { name, timeZone, hours, holidays } of rows) {
    const exceptions = holidays.map(({ date, hours: open }) =>
      open ? { date, hours: open.intervals } : date,
    );
    calendars.set(name, compileCalendar({ timeZone, hours, holidays: exceptions }));
  }
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  vi.useRealTimers();
});

/** In the order of the clock. */
const moments: Record<string, Instant> = {
  "in the morning of a working day": "2026-03-03T09:12:34.567Z",
  "at the moment New York closes": "2026-03-06T22:00:00.000Z",
  "on the Sunday on which Europe changes its clocks": "2026-03-29T00:59:59.999Z",
  "on the evening before Good Friday": "2026-04-02T20:15:00.000Z",
  "on a day that both sides of the ocean have off": "2026-05-25T12:00:00.000Z",
  "on Christmas Eve, which is half a day": "2026-12-24T09:30:00.000Z",
};

/** The calendar that counts: the department's own, or that of the policy. */
const counting = {
  "Technical support": "Office hours",
  "Billing and accounts": "New York office",
  none: "Office hours",
};

test.for(Object.entries(moments))(
  "what is due of tickets opened %s is what their calendars say",
  async ([, now]) => {
    vi.setSystemTime(now);
    const departments = await nora.departments.list.query();
    for (const [department, name] of Object.entries(counting)) {
      const departmentId = departments.find((each) => each.name === department)?.id;
      for (const priority of priorities) {
        const opened = await nora.tickets.open.mutate({
          title: "Due",
          description: "",
          priority,
          departmentId,
        });
        const calendar = calendars.get(name)!;
        expect(opened, `${department}, ${priority}`).toMatchObject({
          createdAt: now,
          firstResponseDueAt: dueAt(calendar, now, targets[priority].first),
          resolutionDueAt: dueAt(calendar, now, targets[priority].resolution),
        });
      }
    }
  },
);

test("by hand: eight hours from Christmas Eve in Berlin end on Monday the 28th at half past two", async () => {
  vi.setSystemTime("2026-12-24T09:30:00.000Z");
  const departments = await nora.departments.list.query();
  const departmentId = departments.find(({ name }) => name === "Technical support")!.id;
  const opened = await nora.tickets.open.mutate({
    title: "Due",
    description: "",
    priority: "high",
    departmentId,
  });
  // 2.5 hours until one o'clock, nothing on Christmas Day and at the weekend, 5.5 hours of Monday.
  expect(opened.resolutionDueAt).toBe("2026-12-28T13:30:00.000Z");
});

test("another priority is counted from the opening; another calendar takes over where the first one was", async () => {
  vi.setSystemTime("2026-12-28T08:00:00.000Z");
  const departments = await nora.departments.list.query();
  const idOf = (name: string) => departments.find((each) => each.name === name)!.id;
  const ben = (await server.as("ben")).api.tickets;
  const { id } = await nora.tickets.open.mutate({
    title: "Due",
    description: "",
    priority: "low",
    departmentId: idOf("Technical support"),
  });
  vi.setSystemTime("2026-12-28T09:00:00.000Z");
  const urgent = await ben.setPriority.mutate({ ticketId: id, version: 1, priority: "urgent" });
  const berlin = calendars.get("Office hours")!;
  expect(urgent.resolutionDueAt).toBe(dueAt(berlin, "2026-12-28T08:00:00.000Z", targets.urgent.resolution));
  const routed = await ben.setDepartment.mutate({
    ticketId: id,
    version: 2,
    departmentId: idOf("Billing and accounts"),
  });
  const newYork = calendars.get("New York office")!;
  expect(routed.resolutionDueAt).toBe(
    dueAt(newYork, "2026-12-28T09:00:00.000Z", targets.urgent.resolution - HOUR),
  );
  expect(routed.resolutionDueAt).not.toBe(urgent.resolutionDueAt);
});

test("what became overdue is breached when it is read, before anybody recorded it", async () => {
  vi.setSystemTime("2026-12-29T08:00:00.000Z");
  const { id, resolutionDueAt } = await nora.tickets.open.mutate({
    title: "Due",
    description: "",
    priority: "urgent",
  });
  const breachedAt = async (now: string) => {
    vi.setSystemTime(now);
    return (await nora.tickets.get.query({ ticketId: id })).isResolutionBreached;
  };
  expect(resolutionDueAt).toBe("2026-12-29T12:00:00.000Z");
  expect(await breachedAt("2026-12-29T12:00:00.000Z")).toBe(false);
  expect(await breachedAt("2026-12-29T12:00:00.001Z")).toBe(true);
});
