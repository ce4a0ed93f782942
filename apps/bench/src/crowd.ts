import { type Sql, correctCells, findCellDrift, foldCells, transact } from "@helpdesk/db";
import { randomUUIDv7 } from "node:crypto";

const AGENTS = 50;
const TAGS = 30;

/** Five departments of ten agents each, and tags. */
const team = `
  insert into departments (organization_id, id, name, description, created_at, updated_at)
  select o.id, gen_random_uuid(), 'Crowd ' || n, '', now(), now() from organizations o, generate_series(0, 4) n where o.slug = 'demo';
  insert into users (organization_id, id, email, name, role_id, created_at, updated_at)
  select r.organization_id, gen_random_uuid(), 'crowd' || n || '@lumen.example', 'Crowd ' || n, r.id, now(), now()
  from roles r join organizations o on o.id = r.organization_id and o.slug = 'demo', generate_series(0, ${AGENTS - 1}) n where r.key = 'agent';
  insert into tags (organization_id, id, name, created_at, updated_at)
  select o.id, gen_random_uuid(), 'crowd ' || n, now(), now() from organizations o, generate_series(0, ${TAGS - 1}) n where o.slug = 'demo'`;

/**
 * Tickets as a desk has them after a while: most closed, a twentieth in work, some unassigned or unrouted, a third with
 * one to three tags. Rows of tickets and tags alone: there is nothing else that counts look at.
 */
const tickets = `
  create temporary table crowd as
  select o.id as organization_id, gen_random_uuid() as id, n, abs(hashint4(n)) as a, abs(hashint4(n + 1000003)) as b
  from organizations o, generate_series($1::int, $2::int) n where o.slug = 'demo'`;

const rows = [
  `insert into tickets (organization_id, id, number, title, description, status_id, priority, source, customer_id, created_by_id,
    assignee_id, department_id, resolution_due_at, resolved_at, closed_at, created_at, updated_at)
  select c.organization_id, c.id, 1000000 + n, 'One of a crowd', '', s.id,
    (array['low', 'medium', 'medium', 'medium', 'high', 'urgent'])[1 + b % 6],
    (array['email', 'email', 'web', 'web', 'phone', 'chat', 'api'])[1 + b / 7 % 7], customer.id, customer.id,
    case when s.key = 'open' and b % 3 = 0 then null else agent.id end, case when b % 40 = 0 then null else department.id end,
    case when s.key in ('open', 'in_progress') then at + interval '1000 days' end,
    case when s.key in ('resolved', 'closed') then at + interval '2 days' end,
    case when s.key = 'closed' then at + interval '9 days' end, at, at + interval '1 day'
  from crowd c
    cross join lateral (select now() - interval '1 minute' * (1000000 - n) as at) moment
    cross join lateral (select case when a % 100 < 92 then 'closed' when a % 100 < 95 then 'resolved'
      when a % 100 < 97 then 'waiting' when a % 100 < 99 then 'in_progress' else 'open' end as key) wanted
    join ticket_statuses s on s.organization_id = c.organization_id and s.key = wanted.key
    join users agent on agent.organization_id = c.organization_id and agent.email = 'crowd' || a / 100 % ${AGENTS} || '@lumen.example'
    join departments department on department.organization_id = c.organization_id and department.name = 'Crowd ' || a / 100 % 5
    join users customer on customer.organization_id = c.organization_id
      and customer.email = (array['nora@brightbakery.example', 'tom@tallpines.example'])[1 + b % 2]`,
  `insert into ticket_tags (organization_id, ticket_id, tag_id)
  select c.organization_id, c.id, g.id
  from crowd c cross join lateral generate_series(0, b % 3) k
    join tags g on g.organization_id = c.organization_id and g.name = 'crowd ' || ((b / 9 + k * k) % ${TAGS})
  where b % 9 < 3
  on conflict do nothing`,
  "drop table crowd",
  "vacuum analyze tickets, ticket_tags",
];

export async function addTeam(sql: Sql): Promise<void> {
  for (const statement of team.split(";\n")) await sql.unsafe(statement);
}

/** Adds tickets past the product and has them counted. Returns how long that count took. Needs a pool of one connection. */
export async function addCrowd(sql: Sql, organizationId: string, from: number, to: number): Promise<number> {
  await sql`set statement_timeout = 0`;
  await sql.unsafe(tickets, [from, to]);
  for (const statement of rows) await sql.unsafe(statement);
  const startedAt = performance.now();
  await transact(sql, organizationId, async (unit) => {
    const changes = (await findCellDrift(unit)).map((change) => ({ ...change, id: randomUUIDv7() }));
    await correctCells(unit, { changes: JSON.stringify(changes) });
  });
  const tookMs = performance.now() - startedAt;
  for (let taken = 1; taken > 0;) {
    [{ taken } = { taken: 0 }] = await transact(sql, organizationId, (unit) =>
      foldCells(unit, { limit: 50_000 }),
    );
  }
  await sql.unsafe("vacuum analyze ticket_cells, ticket_cell_changes");
  return tookMs;
}
