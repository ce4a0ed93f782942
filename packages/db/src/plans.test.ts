import type { TicketScope } from "@helpdesk/domain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PlannedDatabase, fullScans, nodesOf, planOn, sortsBeforeLimit } from "./plans.fixtures.ts";
import { findDesk } from "./repositories/desks.ts";
import { findDueTickets, findNextDue } from "./repositories/due-clocks.ts";
import { findPastTicket, listUnclosedTicketIds } from "./repositories/past-tickets.ts";
import { countUnread, listNotifications } from "./repositories/notifications.ts";
import { findPrincipal } from "./repositories/principals.ts";
import { conditionValues } from "./repositories/ticket-conditions.ts";
import { type ListFilter, type ListOrder, type ListShape, listTickets } from "./repositories/ticket-list.ts";
import { findPresence } from "./repositories/presence.ts";
import {
  countQueue,
  findTeam,
  holdQueue,
  holdTeam,
  listAbandoned,
  listQueues,
} from "./repositories/teams.ts";
import { findTicketSummary } from "./repositories/ticket-summary.ts";
import { findTicket } from "./repositories/ticket-view.ts";
import { lockTicket } from "./repositories/tickets.ts";
import { seededId } from "./seed/ids.ts";
import { userId } from "./seed/people.ts";
import type { Unit } from "./unit.ts";

const ben = userId("demo", "ben@lumen.example");
const nora = userId("demo", "nora@brightbakery.example");
const support = seededId("demo/department/Technical support");
const billing = seededId("demo/department/Billing and accounts");
const refund = seededId("demo/tag/refund");
const bug = seededId("demo/tag/bug");
const position = { afterValue: "2026-02-20T00:00:00.000Z", afterId: seededId("anything") };

let database: PlannedDatabase;
let sql: PlannedDatabase["sql"];
let plansOf: PlannedDatabase["plansOf"];
let ticketId: string;

beforeAll(async () => {
  database = await planOn();
  ({ sql, plansOf, ticketId } = database);
});

afterAll(() => database[Symbol.asyncDispose]());

test("a scan and a sort of everything would be seen", async () => {
  const plans = await plansOf((via) => via.send("select * from tickets order by title limit 10", []));
  expect(fullScans(plans)).toEqual(["tickets", "tickets"]);
  expect(sortsBeforeLimit(plans)).toEqual(["Sort", "Sort"]);
});

describe("no hot statement reads a large table from end to end", () => {
  const statements: Record<string, (via: Unit) => Promise<unknown>> = {
    findTicket: (via) =>
      findTicket(via, { ticketId, readerId: ben, notes: true, staff: true, beforeId: null }),
    findTicketSummary: (via) => findTicketSummary(via, { ticketId }),
    lockTicket: (via) => lockTicket(via, { ticketId }),
    listNotifications: (via) => listNotifications(51, false)(via, { userId: ben, ...position }),
    "listNotifications, unread": (via) => listNotifications(51, true)(via, { userId: ben, ...position }),
    countUnread: (via) => countUnread(via, { userId: ben }),
    findPrincipal: (via) =>
      findPrincipal(via, { authSessionId: seededId("session"), userId: ben, now: position.afterValue }),
    findDesk: (via) => findDesk(via),
    findDueTickets: (via) => findDueTickets(via, { now: "2026-02-01T03:00:00.000Z", limit: 100 }),
    findNextDue: (via) => findNextDue(via),
    holdTeam: (via) => holdTeam(via, { departmentId: support }),
    findTeam: (via) => findTeam(via, { departmentId: support }),
    countQueue: (via) => countQueue(via, { departmentId: support }),
    holdQueue: (via) => holdQueue(via, { departmentId: support, userIds: `{${ben}}`, limit: 20 }),
    listQueues: (via) => listQueues(via),
    listAbandoned: (via) => listAbandoned(via, { limit: 100 }),
    findPresence: (via) => findPresence(via, { ticketId, readerId: ben, now: position.afterValue }),
    findPastTicket: (via) => findPastTicket(via, { ticketId }),
    listUnclosedTicketIds: (via) => listUnclosedTicketIds(via, { afterId: ticketId, limit: 50 }),
  };
  test.for(Object.entries(statements))("%s", async ([, run]) => {
    const plans = await plansOf(run);
    expect(plans.map(({ "Node Type": type }) => type)).toHaveLength(2);
    expect(fullScans(plans)).toEqual([]);
  });
});

test.for([true, false])(
  "a person's notifications come from an index in their order (unread only: %s)",
  async (unreadOnly) => {
    const plans = await plansOf((via) =>
      listNotifications(51, unreadOnly)(via, { userId: ben, ...position }),
    );
    expect(sortsBeforeLimit(plans)).toEqual([]);
  },
);

const scopes: Exclude<TicketScope, "none">[] = ["organization", "departments", "own"];
const orders: ListOrder[] = ["created_at", "updated_at", "resolution_due_at"];
const filters: ListFilter[][] = [
  [],
  ["open"],
  ["done"],
  ["statuses"],
  ["priorities"],
  ["assignee"],
  ["open", "assignee"],
  ["unassigned"],
  ["open", "unassigned"],
  ["department"],
  ["open", "department"],
  ["unrouted"],
  ["customer"],
  ["tags"],
  ["all_tags"],
  ["open", "no_tags"],
  ["sources"],
  ["open", "assignees"],
  ["open", "assignees_or_none"],
  ["open", "departments_or_none"],
];

/** Where a page begins and which way it goes. */
const pages = [
  { after: false, descending: true },
  { after: true, descending: true },
  { after: true, descending: false },
];

const listPlans = (shape: Omit<ListShape, "limit">) =>
  plansOf((via) =>
    listTickets({ ...shape, limit: 51 })(via, {
      readerId: shape.scope === "own" ? nora : ben,
      departmentIds: `{${support},${billing}}`,
      fields: JSON.stringify({ root_cause: "a rare one" }),
      amongIds: null,
      ...position,
      ...conditionValues({
        statusIds: [seededId("demo/status/open")],
        priorities: ["urgent"],
        sources: ["phone"],
        assigneeIds: [ben],
        departmentIds: [support],
        customerId: nora,
        tagIds: [refund],
        allTagIds: [refund, bug],
        noTagIds: [bug],
      }),
    }),
  );

test("those with a rare value of a custom field come from its index", async () => {
  await sql.unsafe(`update tickets set custom_fields = jsonb_build_object('root_cause', 'n' || number)`);
  await sql.unsafe("vacuum analyze tickets");
  const shape = { scope: "organization", order: "created_at", fields: "staff" } as const;
  const [plan] = await listPlans({ ...shape, filters: [], after: false, descending: true });
  const names = nodesOf(plan!).flatMap((node) => node["Index Name"] ?? []);
  expect(names).toContain("tickets_custom_fields_index");
});

describe.for(scopes)("tickets of the scope %s", (scope) => {
  test.for(orders)("by %s: no page, however filtered, reads a large table from end to end", async (order) => {
    const scans: string[] = [];
    for (const filter of filters) {
      for (const page of pages) {
        const scanned = fullScans(await listPlans({ scope, order, filters: filter, ...page }));
        scans.push(...scanned.map((relation) => `${filter.join(" ")} ${JSON.stringify(page)}: ${relation}`));
      }
    }
    expect(scans).toEqual([]);
  });

  test.for(orders)(
    "by %s: an index has the order, in both directions and from any position",
    async (order) => {
      await sql.unsafe("set enable_sort = off");
      for (const page of pages)
        expect(sortsBeforeLimit(await listPlans({ scope, order, filters: [], ...page }))).toEqual([]);
      await sql.unsafe("reset enable_sort");
    },
  );
});

test.for(orders)("the planner takes the order of %s from the index for those who see much", async (order) => {
  for (const scope of ["organization", "departments"] as const) {
    for (const page of pages)
      expect(sortsBeforeLimit(await listPlans({ scope, order, filters: [], ...page }))).toEqual([]);
  }
});

test.for(orders)("by %s: who sees their own tickets alone reads no index of all tickets", async (order) => {
  const plans = await listPlans({ scope: "own", order, filters: [], after: false, descending: true });
  const read = plans.flatMap(nodesOf).flatMap((node) => node["Index Name"] ?? []);
  expect(read).toContain("tickets_customer_index");
  expect(read.filter((name) => /^tickets_(created|updated)_index$/.test(name))).toEqual([]);
});
