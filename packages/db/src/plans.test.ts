import type { TicketScope } from "@helpdesk/domain";
import { createTestDatabase, type TestDatabase } from "@helpdesk/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, type Sql } from "./connection.ts";
import { findDesk } from "./repositories/desks.ts";
import { findDueTickets, findNextDue } from "./repositories/due-clocks.ts";
import { findPastTicket, listUnclosedTicketIds } from "./repositories/past-tickets.ts";
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

const LARGE = new Set([
  "tickets",
  "ticket_comments",
  "ticket_history",
  "notifications",
  "sla_cycles",
  "auth_sessions",
]);

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

const literal = (value: unknown): string =>
  value === null ? "null" : `'${String(value as string | number | boolean).replaceAll("'", "''")}'`;

/** Runs no statement but reads its plans: for these values, and for any. */
class PlanReader extends Unit {
  readonly plans: Plan[] = [];

  override async send(text: string, values: unknown[]): Promise<unknown[]> {
    const name = `planned_${++statements}`;
    await super.send(`prepare ${name} as ${text}`, []);
    for (const mode of ["force_custom_plan", "force_generic_plan"]) {
      await super.send(`set plan_cache_mode = ${mode}`, []);
      const execution = values.length === 0 ? name : `${name}(${values.map(literal).join(", ")})`;
      const [row] = await super.send(`explain (format json) execute ${execution}`, []);
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
    .filter(
      (node) =>
        node["Node Type"].endsWith("Sort") && nodesOf(node).every((below) => below["Node Type"] !== "Limit"),
    )
    .map((node) => node["Node Type"]);

test("a scan and a sort of everything would be seen", async () => {
  const plans = await plansOf((via) => via.send("select * from tickets order by title limit 10", []));
  expect(fullScans(plans)).toEqual(["tickets", "tickets"]);
  expect(sortsBeforeLimit(plans)).toEqual(["Sort", "Sort"]);
});

describe("no hot statement reads a large table from end to end", () => {
  const statements: Record<string, (via: Unit) => Promise<unknown>> = {
    findTicket: (via) => findTicket(via, { ticketId, readerId: ben, notes: true, beforeId: null }),
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
      tagNames: '["printer"]',
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

const ROWS = `
  create temporary table made as
  select gen_random_uuid() as id, n, '2026-02-01T00:00:00Z'::timestamptz + n * interval '7 minutes' as at
  from generate_series(1, 6000) n;

  insert into users (organization_id, id, email, name, role_id, created_at, updated_at)
  select organization_id, gen_random_uuid(), 'customer' || n || '@many.example', 'Customer ' || n, role_id, created_at, created_at
  from users, generate_series(1, 400) n where email = 'nora@brightbakery.example';

  create temporary table people as
  select u.id, r.key as role, row_number() over (partition by r.key order by u.email) - 1 as place,
    count(*) over (partition by r.key) as count
  from users u join roles r using (organization_id) where r.id = u.role_id and organization_id = $organization;
  create temporary table places as
  select id, row_number() over (order by name) - 1 as place from departments where organization_id = $organization;

  insert into tickets (organization_id, id, number, title, description, status_id, priority, source, customer_id,
    created_by_id, assignee_id, department_id, resolution_due_at, resolved_at, created_at, updated_at, last_event_sequence)
  select $organization, made.id, 1000 + n, 'Ticket ' || n, repeat('Nothing works. ', 60),
    (select id from ticket_statuses s where s.organization_id = $organization and s.key = case when n % 6 = 0 then 'open' else 'resolved' end),
    (array['low', 'medium', 'high', 'urgent'])[1 + n % 4], 'web', customer.id, customer.id, agent.id, places.id,
    case when n % 6 = 0 then at + interval '3 days' end, case when n % 6 <> 0 then at + interval '1 day' end,
    at, at + n % 97 * interval '1 hour', 3
  from made
    join people customer on customer.role = 'customer' and customer.place = n % customer.count
    left join people agent on agent.role = 'agent' and agent.place = n % 5
    left join places on places.place = n % 3;

  insert into ticket_comments (organization_id, id, ticket_id, sequence, visibility, body, source, created_at)
  select $organization, gen_random_uuid(), id, sequence, 'public', 'Has it been tried again?', 'web', at
  from made, generate_series(2, 3) sequence;
  insert into ticket_history (organization_id, id, ticket_id, sequence, kind, actor_kind, at)
  select $organization, gen_random_uuid(), id, sequence, case sequence when 1 then 'ticket_opened' else 'reply_added' end, 'system', at
  from made, generate_series(1, 3) sequence;
  insert into sla_cycles (organization_id, id, ticket_id, metric, ordinal, state, policy_id, policy_version, calendar_id,
    calendar_version, target_seconds, running_since, started_at, due_at)
  select $organization, gen_random_uuid(), made.id, 'resolution', 1, 'running', policy.id, 1, policy.calendar_id, 1, 3600, at, at,
    at + interval '1 hour'
  from made, (select id, calendar_id from sla_policies where organization_id = $organization limit 1) policy;
  insert into notifications (organization_id, id, user_id, kind, ticket_id, data, created_at, read_at)
  select $organization, gen_random_uuid(), people.id, 'comment_added', made.id, '{}', at, case when n % 20 <> 0 then at end
  from made join people on people.role = 'agent' and people.place = n % people.count;
  insert into auth_sessions (organization_id, id, user_id, created_at, last_used_at, expires_at)
  select $organization, gen_random_uuid(), people.id, at, at, at + interval '30 days'
  from made join people on people.role = 'customer' and people.place = n % people.count;
  analyze`;

/** Some thousands of tickets of one organization with what belongs to them, analyzed. @returns one of their ids. */
async function fillWithTickets(sql: Sql, organizationId: string): Promise<string> {
  for (const statement of ROWS.replaceAll("$organization", `'${organizationId}'::uuid`).split(";\n"))
    await sql.unsafe(statement);
  const [row] = await sql.unsafe("select id from made where n = 3000");
  return (row as unknown as { id: string }).id;
}
