import { type HelpdeskApi, refusalIn } from "@helpdesk/client";
import { type TestServer, startServer } from "@helpdesk/testing/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hoursBefore, officialHolidays } from "./official-holidays.ts";

let server: TestServer;
let omar: HelpdeskApi;

beforeAll(async () => {
  server = await startServer();
  omar = (await server.as("omar")).api;
});
afterAll(() => server[Symbol.asyncDispose]());

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => refusalIn(error as never),
  );

const hours = { mon: [["09:00", "17:00"]] as [string, string][] };

test("a country's public holidays are added by date and name, and dates a calendar has stay as they are", async () => {
  const made = await omar.sla.calendars.create.mutate({
    name: "Stuttgart",
    timeZone: "Europe/Berlin",
    hours,
    holidays: [{ date: "2027-01-06", name: "Inventory", hours: [["10:00", "12:00"]] }],
  });
  const input = { calendarId: made.id, version: 1, country: "de", region: "BW", years: [2027] };
  const { calendar, added } = await omar.sla.calendars.importHolidays.mutate(input);
  expect(added.map(({ date }) => date)).toEqual([
    "2027-01-01",
    "2027-03-26",
    "2027-03-29",
    "2027-05-01",
    "2027-05-06",
    "2027-05-17",
    "2027-05-27",
    "2027-10-03",
    "2027-11-01",
    "2027-12-25",
    "2027-12-26",
  ]);
  expect(added).toContainEqual({ date: "2027-03-26", name: "Karfreitag", hours: null });
  expect(calendar).toMatchObject({ id: made.id, version: 2 });
  expect(calendar.holidays).toContainEqual(made.holidays[0]);
  expect(calendar.holidays).toHaveLength(12);
  const jobs = await server.resources.sql`select 1 from pgboss.job where name = 'recount_clocks'`;
  expect(jobs).toHaveLength(1);

  const again = await omar.sla.calendars.importHolidays.mutate({ ...input, version: 2 });
  expect(again).toEqual({ calendar, added: [] });
  expect(await refusal(omar.sla.calendars.importHolidays.mutate(input))).toEqual({
    code: "version.conflict",
    version: 2,
  });
});

test("countries and their regions are told, and others are refused", async () => {
  const list = omar.sla.calendars.listHolidayRegions;
  expect(await list.query()).toContainEqual({ code: "NO", name: "Norway" });
  expect(await list.query({ country: "DE" })).toEqual(
    expect.arrayContaining([
      { code: "BY", name: "Bayern" },
      { code: "BY-A", name: "Bayern: Stadt Augsburg" },
    ]),
  );
  expect(await refusal(list.query({ country: "XX" }))).toEqual({
    code: "holidays.country_unknown",
    country: "XX",
    region: null,
  });
  const made = await omar.sla.calendars.create.mutate({ name: "Nowhere", timeZone: "Etc/UTC", hours });
  const input = { calendarId: made.id, version: 1, country: "DE", region: "QQ", years: [2027] };
  expect(await refusal(omar.sla.calendars.importHolidays.mutate(input))).toMatchObject({
    code: "holidays.country_unknown",
    region: "QQ",
  });
});

test("a region has its own days, and several days stand one by one", async () => {
  const dates = async (region: string) =>
    (await officialHolidays("DE", region, [2027])).map(({ date }) => date);
  expect(await dates("BY-A")).toContain("2027-08-08");
  expect(await dates("BY")).not.toContain("2027-08-08");
  const korea = (await officialHolidays("KR", null, [2026])).map(({ date }) => date);
  expect(korea).toEqual(expect.arrayContaining(["2026-02-17", "2026-02-18", "2026-02-19"]));
});

test("a holiday that begins at noon leaves the morning's hours", async () => {
  const eve = (await officialHolidays("GT", null, [2027])).find(({ date }) => date === "2027-12-24")!;
  expect(eve).toMatchObject({ from: "12:00" });
  const friday = (...intervals: [string, string][]) => hoursBefore(eve, { fri: intervals });
  expect(friday(["09:00", "17:00"])).toEqual([["09:00", "12:00"]]);
  expect(friday(["08:00", "11:00"], ["13:00", "17:00"])).toEqual([["08:00", "11:00"]]);
  expect(friday(["22:00", "06:00"])).toBeNull();
  expect(hoursBefore({ ...eve, from: null }, { fri: [["09:00", "17:00"]] })).toBeNull();
});
