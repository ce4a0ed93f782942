import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { AccessTable, type Cases, self } from "@helpdesk/testing/access";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../manifest.ts";

const TABLE = fileURLToPath(new URL("access.table.md", import.meta.url));

const procedures = manifest().filter(({ path }) => path.startsWith("sla."));

interface Thing {
  id: string;
  version: number;
}

let table: AccessTable;
let theirs: { calendar: string; policy: string; person: string };

beforeAll(async () => {
  table = await AccessTable.start(manifest());
  const [row] = await table.server.resources.sql<(typeof theirs)[]>`
    select p.id as policy, p.calendar_id as calendar,
      (select u.id from users u where u.organization_id = o.id limit 1) as person from sla_policies p
    join organizations o on o.id = p.organization_id and o.slug = 'northwind' limit 1`;
  theirs = row!;
});

afterAll(() => table.server[Symbol.asyncDispose]());

const hours = { mon: [["09:00", "17:00"]] };
const newCalendar = () => ({ name: `c${randomUUID()}`, timeZone: "Europe/Berlin", hours });
const calendar = () => table.asSofia<Thing>("sla.calendars.create", newCalendar());
const newPolicy = async () => ({ name: `p${randomUUID()}`, calendarId: (await calendar()).id });
const policy = async () => table.asSofia<Thing>("sla.policies.create", await newPolicy());
const period = { from: "2026-01-05T00:00:00.000Z", to: "2026-01-06T00:00:00.000Z" };
const always = (input?: unknown): Cases => ({ "": () => input });

const open = (customer: string, department: string) =>
  table.asSofia<Thing>("tickets.open", {
    title: "For the table",
    description: "",
    customerId: table.idOf(customer),
    departmentId: table.idOf(department),
  });
const explain = (ticketId: string) => ({ ticketId, metric: "resolution" });

const cases: Record<string, Cases> = {
  "sla.calendars.create": { "": newCalendar },
  "sla.calendars.importHolidays": {
    "a calendar of the organization": async () => {
      const { id, version } = await calendar();
      return { calendarId: id, version, country: "DE", years: [2027] };
    },
    "of another organization": () => ({
      calendarId: theirs.calendar,
      version: 1,
      country: "DE",
      years: [2027],
    }),
    "that is not there": () => ({ calendarId: randomUUID(), version: 1, country: "DE", years: [2027] }),
  },
  "sla.calendars.list": always(),
  "sla.calendars.listHolidayRegions": always({ country: "DE" }),
  "sla.calendars.update": {
    "a calendar of the organization": async () => {
      const { id, version } = await calendar();
      return { ...newCalendar(), calendarId: id, version };
    },
    "of another organization": () => ({ ...newCalendar(), calendarId: theirs.calendar, version: 1 }),
    "that is not there": () => ({ ...newCalendar(), calendarId: randomUUID(), version: 1 }),
  },
  "sla.explain": {
    "one's own, as its customer": async (role) => explain((await open(self(role), "Technical support")).id),
    "of technical support": async () => explain((await open("tom", "Technical support")).id),
    "of billing": async () => explain((await open("tom", "Billing and accounts")).id),
    "of another organization": () => explain(table.idOf("ticket of hanna@fjordrides.example")),
    "that is not there": () => explain(randomUUID()),
  },
  "sla.policies.create": {
    "by a calendar of the organization": newPolicy,
    "by one of another organization": () => ({ name: `p${randomUUID()}`, calendarId: theirs.calendar }),
    "that turns to a person of another organization": async () => ({
      ...(await newPolicy()),
      escalations: {
        steps: [{ metric: "resolution", action: { kind: "notify", userIds: [theirs.person] } }],
      },
    }),
  },
  "sla.policies.list": always(),
  "sla.policies.order": { "not all": async () => ({ policyIds: [(await policy()).id] }) },
  "sla.policies.update": {
    "a policy of the organization": async () => {
      const { id, version } = await policy();
      return { ...(await newPolicy()), policyId: id, version };
    },
    "of another organization": async () => ({ ...(await newPolicy()), policyId: theirs.policy, version: 1 }),
    "that is not there": async () => ({ ...(await newPolicy()), policyId: randomUUID(), version: 1 }),
  },
  "sla.rebuild": always({}),
  "sla.simulate": always({ ...period, policies: [] }),
};

test("every procedure has its rows in the table", () => {
  expect(Object.keys(cases).toSorted()).toEqual(procedures.map(({ path }) => path));
});

test("who may do what on what is what the reviewed table says", async () => {
  expect(existsSync(TABLE), "access.table.md is committed").toBe(true);
  await expect(await table.fill(cases)).toMatchFileSnapshot(TABLE);
});
