import { createTestDatabase } from "@helpdesk/testing";
import { connect, type Sql } from "./connection.ts";
import { seededId } from "./seed/ids.ts";
import { Unit } from "./unit.ts";

export interface Plan {
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

export const organizationId = seededId("demo/organization");

export interface PlannedDatabase extends AsyncDisposable {
  sql: Sql;
  /** One of thousands of tickets. */
  ticketId: string;
  /** The plans of what `run` sends, for its values and for any; nothing is run. */
  plansOf(run: (via: Unit) => Promise<unknown>): Promise<Plan[]>;
}

/** The demo organization with thousands of tickets, to read plans on. */
export async function planOn(): Promise<PlannedDatabase> {
  const database = await createTestDatabase({ template: "seeded" });
  const sql = connect({ url: database.url, max: 1 });
  const ticketId = await fillWithTickets(sql, organizationId);
  return {
    sql,
    ticketId,
    async plansOf(run) {
      const reader = new PlanReader(sql as unknown as ConstructorParameters<typeof Unit>[0], organizationId);
      await run(reader);
      return reader.plans;
    },
    async [Symbol.asyncDispose]() {
      await sql.end({ timeout: 5 });
      await database[Symbol.asyncDispose]();
    },
  };
}

export const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

export const fullScans = (plans: Plan[]): string[] =>
  plans.flatMap(nodesOf).flatMap((node) => {
    const relation = node["Relation Name"];
    return node["Node Type"] === "Seq Scan" && relation && LARGE.has(relation) ? [relation] : [];
  });

/** Sorts that come before the limit: of everything a page is cut from. */
export const sortsBeforeLimit = (plans: Plan[]): string[] =>
  plans
    .flatMap(nodesOf)
    .filter(
      (node) =>
        node["Node Type"].endsWith("Sort") && nodesOf(node).every((below) => below["Node Type"] !== "Limit"),
    )
    .map((node) => node["Node Type"]);

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
    (array['low', 'medium', 'high', 'urgent'])[1 + n % 4], case when n % 5 = 0 then 'phone' else 'web' end, customer.id, customer.id, agent.id, places.id,
    case when n % 6 = 0 then at + interval '3 days' end, case when n % 6 <> 0 then at + interval '1 day' end,
    at, at + n % 97 * interval '1 hour', 3
  from made
    join people customer on customer.role = 'customer' and customer.place = n % customer.count
    left join people agent on agent.role = 'agent' and agent.place = n % 5
    left join places on places.place = n % ((select count(*) from places) + 1);

  insert into ticket_comments (organization_id, id, ticket_id, sequence, visibility, body, source, created_at)
  select $organization, gen_random_uuid(), id, sequence, 'public', 'Has it been tried again?', 'web', at
  from made, generate_series(2, 3) sequence;
  insert into ticket_history (organization_id, id, ticket_id, sequence, kind, actor_kind, at)
  select $organization, gen_random_uuid(), id, sequence, case sequence when 1 then 'ticket_opened' else 'reply_added' end, 'system', at
  from made, generate_series(1, 3) sequence;
  insert into sla_cycles (organization_id, id, ticket_id, metric, ordinal, state, policy_id, policy_version, reason, stands_waiting, stands_done,
    calendar_id, calendar_version, target_seconds, running_since, started_at, due_at)
  select $organization, gen_random_uuid(), made.id, 'resolution', 1, 'running', policy.id, 1, '{"position": 1, "matched": {}}', true, true,
    policy.calendar_id, 1, 3600, at, at,
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
