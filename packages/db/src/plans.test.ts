import type { TicketScope } from "@helpdesk/domain";
import { createTestDatabase, type TestDatabase } from "@helpdesk/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, type Sql } from "./connection.ts";
import { fillWithTickets } from "./plans.rows.ts";
import { findDesk } from "./repositories/desks.ts";
import { countUnread, listNotifications } from "./repositories/notifications.ts";
import { findPrincipal } from "./repositories/principals.ts";
import { type ListFilter, type ListOrder, type ListShape, listTickets } from "./repositories/ticket-list.ts";
import { findTicketSummary } from "./repositories/ticket-summary.ts";
import { findTicket } from "./repositories/ticket-view.ts";
import { lockTicket } from "./repositories/tickets.ts";
import { seededId } from "./seed/ids.ts";
import { userId } from "./seed/people.ts";
import { Unit } from "./unit.ts";

interface Plan {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: Plan[];
}

const LARGE = new Set(["tickets", "ticket_comments", "ticket_history", "notifications", "sla_cycles", "auth_sessions"]);

const organizationId = seededId("demo/organization");
const ben = userId("demo", "ben@lumen.example");
const nora = userId("demo", "nora@brightbakery.example");
const support = seededId("demo/department/Technical support");
const billing = seededId("demo/department/Billing and accounts");
const position = { afterValue: "2026-02-20T00:00:00.000Z", afterId: seededId("anything") };

let database: TestDatabase;
let sql: Sql;
let ticketId: string;

beforeAll(async () => {
  database = await createTestDatabase({ template: "seeded" });
  sql = connect({ url: database.url, max: 1 });
  ticketId = await fillWithTickets(sql, organizationId);
});

afterAll(async () => {
  await sql.end({ timeout: 5 });
  await database[Symbol.asyncDispose]();
});

let statements = 0;

const literal = (value: unknown): string => (value === null ? "null" : `'${String(value).replaceAll("'", "''")}'`);

/** Runs no statement but reads its plans: for these values, and for any. */
class PlanReader extends Unit {
  readonly plans: Plan[] = [];

  override async send(text: string, values: unknown[]): Promise<unknown[]> {
    const name = `planned_${++statements}`;
    await super.send(`prepare ${name} as ${text}`, [], false);
    for (const mode of ["force_custom_plan", "force_generic_plan"]) {
      await super.send(`set plan_cache_mode = ${mode}`, [], false);
      const execution = values.length === 0 ? name : `${name}(${values.map(literal).join(", ")})`;
      const [row] = await super.send(`explain (format json) execute ${execution}`, [], false);
      this.plans.push((row as Record<"QUERY PLAN", { Plan: Plan }[]>)["QUERY PLAN"][0]!.Plan);
    }
    return [];
  }
}

async function plansOf(run: (via: Unit) => Promise<unknown>): Promise<Plan[]> {
  const reader = new PlanReader(sql as unknown as ConstructorParameters<typeof Unit>[0], organizationId);
  await run(reader);
  return reader.plans;
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

const fullScans = (plans: Plan[]): string[] =>
  plans.flatMap(nodesOf).flatMap((node) => {
    const relation = node["Relation Name"];
    return node["Node Type"] === "Seq Scan" && relation && LARGE.has(relation) ? [relation] : [];
  });

/** Sorts that come before the limit: of everything a page is cut from. */
const sortsBeforeLimit = (plans: Plan[]): string[] =>
  plans
    .flatMap(nodesOf)
    .filter((node) => node["Node Type"].endsWith("Sort") && nodesOf(node).every((below) => below["Node Type"] !== "Limit"))
    .map((node) => node["Node Type"]);

test("a scan and a sort of everything would be seen", async () => {
  const plans = await plansOf((via) => via.send("select * from tickets order by title limit 10", [], false));
  expect(fullScans(plans)).toEqual(["tickets", "tickets"]);
  expect(sortsBeforeLimit(plans)).toEqual(["Sort", "Sort"]);
});

describe("no hot statement reads a large table from end to end", () => {
  const statements: Record<string, (via: Unit) => Promise<unknown>> = {
    findTicket: (via) => findTicket(via, { ticketId, readerId: ben, notes: true, before: 2_147_483_647 }),
    findTicketSummary: (via) => findTicketSummary(via, { ticketId }),
    lockTicket: (via) => lockTicket(via, { ticketId }),
    listNotifications: (via) => listNotifications(51, false)(via, { userId: ben, ...position }),
    "listNotifications, unread": (via) =>
      listNotifications(51, true)(via, { userId: ben, ...position }),
    countUnread: (via) => countUnread(via, { userId: ben }),
    findPrincipal: (via) =>
      findPrincipal(via, { authSessionId: seededId("session"), userId: ben, now: position.afterValue }),
    findDesk: (via) => findDesk(via),
  };
  test.for(Object.entries(statements))("%s", async ([, run]) => {
    const plans = await plansOf(run);
    expect(plans.map(({ "Node Type": type }) => type)).toHaveLength(2);
    expect(fullScans(plans)).toEqual([]);
  });
});

test.for([true, false])("a person's notifications come from an index in their order (unread only: %s)", async (unreadOnly) => {
  const plans = await plansOf((via) => listNotifications(51, unreadOnly)(via, { userId: ben, ...position }));
  expect(sortsBeforeLimit(plans)).toEqual([]);
});

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
      ...position,
      statusIds: `{${seededId("demo/status/open")}}`,
      priorities: "{urgent}",
      assigneeId: ben,
      departmentId: support,
      customerId: nora,
    }),
  );

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

  test.for(orders)("by %s: an index has the order, in both directions and from any position", async (order) => {
    await sql.unsafe("set enable_sort = off");
    for (const page of pages) expect(sortsBeforeLimit(await listPlans({ scope, order, filters: [], ...page }))).toEqual([]);
    await sql.unsafe("reset enable_sort");
  });
});

test.for(orders)("the planner takes the order of %s from the index for those who see much", async (order) => {
  for (const scope of ["organization", "departments"] as const) {
    for (const page of pages) expect(sortsBeforeLimit(await listPlans({ scope, order, filters: [], ...page }))).toEqual([]);
  }
});
