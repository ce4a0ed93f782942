import { type Home, type RightInputs, type Row, newId } from "@helpdesk/testing/tenant-wall";
import { onTicket } from "../tickets/right-inputs.fixtures.ts";

const calendarOf = () => ({
  name: `c${newId()}`,
  timeZone: "Etc/UTC",
  hours: { mon: [["09:00", "17:00"]] },
});

const newCalendar = (home: Home) => home.act<Row>("sla.calendars.create", calendarOf());

const policyOf = async (home: Home) => {
  const calendarId = (await newCalendar(home)).id;
  const action = { kind: "notify", userIds: [home.ids["agent"]] };
  const escalations = { steps: [{ metric: "resolution", action }] };
  return { name: `p${newId()}`, calendarId, escalations, isActive: false };
};

/** A policy as a simulation drafts it. */
const termsOf = async (home: Home) => {
  const { name: _, ...terms } = await policyOf(home);
  return terms;
};

export const rightInputs: RightInputs = {
  "sla.simulate": async (home) => ({
    from: "2026-01-01T00:00:00.000Z",
    to: "2026-01-02T00:00:00.000Z",
    policies: [{ ...(await termsOf(home)), calendarId: home.ids["calendar"] }],
    calendars: [
      { calendarId: home.ids["calendar"], timeZone: "Etc/UTC", hours: { mon: [["09:00", "17:00"]] } },
    ],
  }),
  "sla.calendars.importHolidays": async (home) => {
    const { id, version } = await newCalendar(home);
    return { calendarId: id, version, country: "DE", years: [2027] };
  },
  "sla.calendars.update": async (home) => {
    const { id, version } = await newCalendar(home);
    return { ...calendarOf(), calendarId: id, version };
  },
  "sla.explain": (home) => onTicket(home, { metric: "resolution" }),
  "sla.policies.create": policyOf,
  "sla.policies.order": async (home) => ({
    policyIds: (await home.act<Row[]>("sla.policies.list", {})).map(({ id }) => id),
  }),
  "sla.policies.update": async (home) => {
    const policy = await policyOf(home);
    const { id, version } = await home.act<Row>("sla.policies.create", policy);
    return { ...policy, policyId: id, version };
  },
};
