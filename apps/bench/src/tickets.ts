import { type Sql, rebuildKnownWords, rebuildTicketTexts } from "@helpdesk/db";

/** A UUIDv7 of an instant, as the app makes them; PostgreSQL 15 has none of its own. */
const newId = `
  create function pg_temp.new_id(at timestamptz) returns uuid language sql volatile as $$
    select (regexp_replace(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0'), '(.{8})(.{4})', '\\1-\\2-7')
      || substr(gen_random_uuid()::text, 16))::uuid $$`;

/** Tickets in work, a minute apart and the last one an hour old: answered once, their resolution clock running. */
const tickets = `
  create temp table made as
  with organization as (select id from organizations where slug = 'demo'),
  customer as (
    select u.id, row_number() over (order by u.email) - 1 as position, count(*) over () as count
    from users u join roles r on r.organization_id = u.organization_id and r.id = u.role_id, organization o
    where u.organization_id = o.id and r.key = 'customer'),
  seat as (
    select d.id as department_id, d.calendar_id, m.user_id, row_number() over (order by d.name, m.user_id) - 1 as position,
      count(*) over () as count
    from departments d join department_members m on m.organization_id = d.organization_id and m.department_id = d.id,
      organization o where d.organization_id = o.id),
  policy as (
    select p.*, row_number() over (order by p.position) - 1 as place, count(*) over () as count
    from sla_policies p, organization o where p.organization_id = o.id)
  select o.id as organization_id, pg_temp.new_id(at) as id, at, n, customer.id as customer_id, seat.user_id as assignee_id,
    seat.department_id, policy.id as policy_id, policy.version as policy_version, policy.conditions -> 'priorities' ->> 0 as priority,
    calendar.id as calendar_id, calendar.version as calendar_version, policy.first_response_target_seconds as first_seconds,
    policy.resolution_target_seconds as resolution_seconds
  from organization o, generate_series(1, $1::int) n
    cross join lateral (select date_trunc('milliseconds', now()) - interval '1 hour' - interval '1 minute' * ($1 - n) as at) moment
    join customer on customer.position = n % customer.count
    join seat on seat.position = n / 3 % seat.count
    join policy on policy.place = n / 7 % policy.count
    join business_calendars calendar on calendar.id = coalesce(seat.calendar_id, policy.calendar_id)`;

const statements = [
  `insert into tickets (organization_id, id, number, title, description, status_id, priority, source, customer_id, created_by_id,
      assignee_id, department_id, sla_policy_id, first_responded_at, resolution_due_at, last_customer_message_at,
      last_public_reply_at, last_event_sequence, created_at, updated_at)
    select m.organization_id, m.id, counter.last_number + n, 'Import of order ' || n || ' stops half way',
      repeat('The import stops after some rows and says nothing. ', 8), s.id, m.priority, 'web', m.customer_id, m.customer_id,
      m.assignee_id, m.department_id, m.policy_id, at + interval '6 minutes', at + interval '1000 days',
      at + interval '9 minutes', at + interval '6 minutes', 5, at, at + interval '9 minutes'
    from made m join ticket_counters counter on counter.organization_id = m.organization_id and not counter.is_simulated
      join ticket_statuses s on s.organization_id = m.organization_id and s.key = 'in_progress'`,
  `update ticket_counters c set last_number = (select max(number) from tickets t where t.organization_id = c.organization_id and not t.is_simulated) where not c.is_simulated`,
  `insert into ticket_history (organization_id, id, ticket_id, sequence, kind, actor_id, actor_kind, changes, at)
    select organization_id, pg_temp.new_id(at), id, sequence, kind, case actor when 'customer' then customer_id else assignee_id end,
      'user', changes::jsonb, at + interval '3 minutes' * (sequence - 1)
    from made, (values
      (1, 'ticket_opened', 'customer', '{"status": {"from": null, "to": {"id": "open", "label": "Open"}}}'),
      (2, 'reply_added', 'customer', '{}'),
      (3, 'reply_added', 'agent', '{}'),
      (4, 'reply_added', 'customer', '{}'),
      (5, 'status_changed', 'agent', '{"status": {"from": {"id": "open", "label": "Open"},
        "to": {"id": "in_progress", "label": "In progress"}}}')) act (sequence, kind, actor, changes)`,
  `insert into ticket_comments (organization_id, id, ticket_id, author_id, sequence, visibility, body, source, created_at)
    select organization_id, pg_temp.new_id(at), ticket_id, actor_id, sequence, 'public',
      repeat('We tried it once more and it is still the same. ', 5), 'web', at
    from ticket_history h where kind = 'reply_added' and ticket_id in (select id from made)`,
  `insert into sla_cycles (organization_id, id, ticket_id, metric, ordinal, state, policy_id, policy_version, reason, stands_waiting, stands_done,
      calendar_id, calendar_version, target_seconds, elapsed_seconds, running_since, started_at, due_at, satisfied_at, closed_at)
    select organization_id, pg_temp.new_id(at), id, metric, 1, state, policy_id, policy_version,
      '{"position": 1, "matched": {}}', true, metric = 'resolution', calendar_id, calendar_version,
      case metric when 'resolution' then resolution_seconds else first_seconds end, 0,
      case metric when 'resolution' then at end, at, at + interval '1000 days',
      case metric when 'first_response' then at + interval '6 minutes' end,
      case metric when 'first_response' then at + interval '6 minutes' end
    from made, (values ('first_response', 'satisfied'), ('resolution', 'running')) clock (metric, state)`,
];

/** Adds tickets to the demo organization, each with three comments, five events and two clocks. Needs a pool of one connection. */
export async function addTickets(sql: Sql, count: number): Promise<void> {
  await sql.unsafe("set statement_timeout = 0");
  await sql.unsafe(newId);
  await sql.unsafe(tickets, [count]);
  for (const statement of statements) await sql.unsafe(statement);
  await sql.unsafe(rebuildTicketTexts.text);
  await sql.unsafe(rebuildKnownWords.text);
  await sql.unsafe("vacuum analyze");
}
