import type { Sql } from "@helpdesk/db";

export interface Generated {
  tickets: number;
  /** The same numbers make the same histories. */
  seed: number;
  /** Nothing happened from then on. */
  until: string;
}

/** Numbers between 0 and 1 by a ticket's number and what they are for, and things picked by them. */
const draws = (seed: number) => `
  create function pg_temp.r(n bigint, what text) returns float8 language sql immutable as
    $$ select (hashtextextended(n::text || ':' || what, ${seed}) & 9007199254740991)::float8 / 9007199254740992 $$;
  create function pg_temp.pick(among anyarray, x float8) returns anyelement language sql immutable as
    $$ select among[1 + floor(x * cardinality(among))::int] $$;
  -- A tenth of all things happen on the hour, where days and periods begin.
  create function pg_temp.grid(at timestamptz, x float8) returns timestamptz language sql immutable as
    $$ select case when x < 0.1 then to_timestamp(floor(extract(epoch from at) / 3600) * 3600)
      else to_timestamp(floor(extract(epoch from at) * 1000) / 1000) end $$;`;

/** Histories of a year and a half, as an organization could have had them: written by sets, not by the product's acts. */
const histories = [
  `create temp table known on commit drop as
   select $organization::uuid as organization_id, $until::timestamptz as until,
     array(select id from users where organization_id = $organization and role_id in
       (select id from roles where organization_id = $organization and key = 'customer') order by id) as customers,
     array(select id from users where organization_id = $organization and role_id in
       (select id from roles where organization_id = $organization and key in ('agent', 'manager', 'admin')) order by id) as agents,
     array(select id from departments where organization_id = $organization order by id) as departments,
     array(select id from sla_policies where organization_id = $organization order by id) as policies,
     (select id from business_calendars where organization_id = $organization order by id limit 1) as calendar,
     array(select id from tags where organization_id = $organization order by id) as tags,
     array(select key from ticket_statuses where organization_id = $organization and archived_at is null order by key) as statuses,
     (select key from ticket_statuses where organization_id = $organization and is_default) as initial`,
  `create temp table made on commit drop as
   select n, gen_random_uuid() as id, pg_temp.grid(k.until - r(n, 'at') * interval '540 days' - interval '1 hour', r(n, 'edge')) as created_at,
     pg_temp.pick(k.customers, r(n, 'customer')) as customer_id,
     case when r(n, 'department') < 0.9 then pg_temp.pick(k.departments, r(n, 'which department')) end as department_id,
     pg_temp.pick(array['low', 'medium', 'high', 'urgent'], r(n, 'priority')) as priority,
     pg_temp.pick(array['web', 'email', 'phone', 'chat', 'api'], r(n, 'source')) as source,
     case when r(n, 'policy') < 0.9 then pg_temp.pick(k.policies, r(n, 'which policy')) end as policy_id,
     interval '1 minute' + r(n, 'pace') * r(n, 'pace') * interval '6 days' as pace,
     r(n, 'simulated') < 0.02 as is_simulated, r(n, 'merged') < 0.03 as is_merged
   from known k, generate_series(1, $tickets::int) n`,
  `create temp table moves on commit drop as
   with walked as (
     select m.n, 0 as step, m.created_at as at, k.initial as key from made m, known k
     union all
     select m.n, step, pg_temp.grid(m.created_at + step * m.pace * (0.5 + r(m.n, 'move' || step)), 0.3 - r(m.n, 'edge' || step)),
       pg_temp.pick(k.statuses, r(m.n, 'status' || step))
     from made m, known k, generate_series(1, floor(r(m.n, 'moves') * 7)::int) step),
   ordered as (
     select n, key as to_key, lag(key) over o as from_key, step, greatest(at, max(at) over o) as at
     from walked window o as (partition by n order by step))
   select o.n, o.step, o.at, f.key as from_key, f.name as from_name, t.key as to_key, t.name as to_name,
     coalesce(f.is_resolved, false) as was_resolved, t.is_resolved, t.category, t.id as status_id
   from ordered o, known k
   , lateral (select * from ticket_statuses s where s.organization_id = k.organization_id and s.key = o.to_key) t
   , lateral (select max(s.key) as key, max(s.name) as name, bool_or(s.is_resolved) as is_resolved
     from ticket_statuses s where s.organization_id = k.organization_id and s.key = o.from_key) f
   where o.at < k.until and (o.step = 0 or o.from_key <> o.to_key)`,
  `create temp table given on commit drop as
   select m.n, step, at, pg_temp.pick(k.agents, r(m.n, 'agent' || step)) as agent_id
   from made m, known k, generate_series(1, floor(r(m.n, 'given') * 4)::int) step,
     lateral (select pg_temp.grid(m.created_at + step * m.pace * r(m.n, 'when given' || step) + interval '1 second', 0.5) as at) a
   where a.at < k.until`,
  `create temp table answered on commit drop as
   select m.n, step, at, case when r(m.n, 'by' || step) < 0.4 then m.customer_id else pg_temp.pick(k.agents, r(m.n, 'who' || step)) end as author_id
   from made m, known k, generate_series(1, floor(r(m.n, 'answers') * 5)::int) step,
     lateral (select pg_temp.grid(m.created_at + step * m.pace * r(m.n, 'answered' || step) + interval '2 seconds', 0.5) as at) a
   where a.at < k.until`,
  `create index on moves (n); create index on given (n); create unique index on made (n); analyze moves, given, answered, made`,
  `create temp table ended on commit drop as
   select m.n, l.status_id, l.is_resolved, l.category,
     case when l.is_resolved then (select max(v.at) from moves v where v.n = m.n and v.is_resolved and not v.was_resolved) end as resolved_at,
     case when l.category = 'closed' then l.at end as closed_at,
     (select g.agent_id from given g where g.n = m.n order by g.at desc, g.step desc limit 1) as agent_id
   from made m join lateral (select * from moves v where v.n = m.n order by v.step desc limit 1) l on true`,
];

const rows = [
  `analyze ended`,
  `insert into tickets (organization_id, id, number, title, description, status_id, priority, source, customer_id, created_by_id,
     assignee_id, department_id, sla_policy_id, first_responded_at, resolved_at, closed_at, is_simulated, merged_into_id, before_merge,
     last_event_sequence, custom_fields, version, created_at, updated_at)
   select k.organization_id, m.id, 1000000 + m.n, case when r(m.n, 'title') < 0.01 then '=1+1, "quoted"' else 'Generated ' || m.n end, '',
     e.status_id, m.priority, m.source, m.customer_id, m.customer_id, e.agent_id, m.department_id, m.policy_id,
     case when r(m.n, 'responded') < 0.8 and m.created_at + m.pace * r(m.n, 'response') < k.until
       then pg_temp.grid(m.created_at + m.pace * r(m.n, 'response'), 0.5) end,
     e.resolved_at, e.closed_at, m.is_simulated, case when m.is_merged then (select id from made where n = 1) end,
     case when m.is_merged then '{"statusId": "", "openMetrics": []}'::jsonb end, 100, '{}', 1, m.created_at, m.created_at
   from made m join ended e on e.n = m.n, known k where not m.is_merged or m.n > 1`,
  `analyze tickets`,
  `insert into ticket_history (organization_id, id, ticket_id, sequence, kind, actor_id, actor_kind, changes, at)
   select k.organization_id, gen_random_uuid(), m.id, row_number() over (partition by h.n order by h.at, h.kind, h.step), h.kind,
     h.actor_id, case when h.actor_id is null then 'system' else 'user' end, h.changes, h.at
   from (
     select n, step, at, case when step = 0 then 'ticket_opened' else 'status_changed' end as kind, null::uuid as actor_id,
       jsonb_build_object('status', jsonb_build_object('from', case when step > 0 then jsonb_build_object('id', from_key, 'label', from_name) end,
         'to', jsonb_build_object('id', to_key, 'label', to_name))) as changes from moves
     union all
     select n, step, at, 'assignee_changed', null, jsonb_build_object('assignee', jsonb_build_object('from', null,
       'to', jsonb_build_object('id', agent_id, 'label', ''))) from given
     union all
     select n, step, at, 'reply_added', author_id, '{}' from answered) h
   join made m on m.n = h.n join tickets t on t.organization_id = (select organization_id from known) and t.id = m.id, known k`,
  `insert into ticket_tags (organization_id, ticket_id, tag_id)
   select distinct k.organization_id, m.id, pg_temp.pick(k.tags, r(m.n, 'tag' || i)) from known k, made m, generate_series(1, floor(r(m.n, 'tags') * 4)::int) i
   where cardinality(k.tags) > 0 and exists (select from tickets t where t.organization_id = k.organization_id and t.id = m.id)`,
  `insert into ticket_cc (organization_id, ticket_id, user_id, created_at)
   select k.organization_id, m.id, pg_temp.pick(k.agents, r(m.n, 'cc')), m.created_at from made m, known k
   where r(m.n, 'has cc') < 0.05 and exists (select from tickets t where t.organization_id = k.organization_id and t.id = m.id)`,
  `insert into sla_cycles (organization_id, id, ticket_id, metric, ordinal, state, policy_id, policy_version, reason, calendar_id,
     calendar_version, stands_waiting, stands_done, target_seconds, elapsed_seconds, running_since, started_at, due_at, breached_at,
     satisfied_at, closed_at)
   select k.organization_id, gen_random_uuid(), c.id, c.metric, c.ordinal, c.state, c.policy_id, 1, '{}', k.calendar, 1, false, false,
     c.target, floor(c.target * r(c.n, c.metric || c.ordinal || 'used') * 2), case when c.state = 'running' then c.created_at end,
     c.created_at, case when c.state = 'paused' then null else c.due_at end,
     case when r(c.n, c.metric || c.ordinal || 'broken') < 0.3 and c.due_at < k.until then c.due_at end,
     case when c.state = 'satisfied' then c.ended_at end, case when c.state not in ('running', 'paused') then c.ended_at end
   from known k, lateral (
     select t.id, t.number - 1000000 as n, x.metric, x.ordinal, t.sla_policy_id as policy_id, t.created_at,
       600 + floor(r(t.number, x.metric || x.ordinal || 'target') * 400000)::int as target,
       pg_temp.grid(t.created_at + r(t.number, x.metric || x.ordinal || 'due') * interval '9 days', r(t.number, x.metric || 'edge')) + interval '1 hour' as due_at,
       case x.metric when 'first_response' then coalesce(t.first_responded_at, t.created_at)
         when 'resolution' then coalesce(t.resolved_at, t.created_at)
         else least(t.created_at + r(t.number, 'next' || x.ordinal) * interval '9 days', k.until) end as ended_at,
       case when x.ordinal < x.count then case when x.metric = 'next_response' or r(t.number, x.metric || x.ordinal || 'superseded') < 0.5
           then 'satisfied' else 'superseded' end
         when x.metric = 'first_response' and t.first_responded_at is not null or x.metric = 'resolution' and t.resolved_at is not null then 'satisfied'
         else pg_temp.pick(array['running', 'paused', 'cancelled'], r(t.number, x.metric || 'state')) end as state
     from tickets t, lateral (
       select metric, ordinal, count from (values ('first_response', 1), ('next_response', floor(r(t.number, 'nexts') * 4)::int),
         ('resolution', 1 + floor(r(t.number, 'resolutions') * 2)::int)) v(metric, count), generate_series(1, count) ordinal) x
     where t.organization_id = k.organization_id and t.number > 1000000 and t.sla_policy_id is not null) c`,
  `insert into ticket_ratings (organization_id, id, ticket_id, resolved_at, token_hash, created_at, expires_at, score, comment, rated_at)
   select k.organization_id, gen_random_uuid(), t.id, t.resolved_at, case when x.asked then encode(sha256(t.id::text::bytea), 'hex') end, t.resolved_at,
     t.resolved_at + interval '30 days', case when x.rated then case when r(t.number, 'score') < 0.7 then 'good' else 'bad' end end,
     case when x.rated and r(t.number, 'comment') < 0.4 then pg_temp.pick(array['Thanks', '-1', '=cmd()', E'two\\nlines'], r(t.number, 'word')) end,
     case when x.rated then least(t.resolved_at + r(t.number, 'rated at') * interval '3 days', k.until) end
   from tickets t, known k, lateral (select r(t.number, 'asked') < 0.9 as asked, r(t.number, 'asked') < 0.9 and r(t.number, 'rated') < 0.5 as rated) x
   where t.organization_id = k.organization_id and t.number > 1000000 and t.resolved_at is not null and r(t.number, 'survey') < 0.6`,
  `update ticket_counters set last_number = 1000000 + $tickets::int where organization_id = $organization and not is_simulated`,
  `analyze tickets, ticket_history, ticket_tags, sla_cycles, ticket_ratings`,
];

/** Fills an organization with tickets that went all the ways there are. For databases that are thrown away. */
export async function generate(
  sql: Sql,
  organizationId: string,
  { tickets, seed, until }: Generated,
): Promise<void> {
  const values = { organization: `'${organizationId}'`, tickets: String(tickets), until: `'${until}'` };
  await sql.begin(async (unit) => {
    await unit.unsafe("set local statement_timeout = 0");
    await unit.unsafe(draws(seed));
    for (const text of [...histories, ...rows])
      await unit.unsafe(
        text
          .replaceAll(/\br\(/g, "pg_temp.r(")
          .replaceAll(/\$(\w+)/g, (_, name: keyof typeof values) => values[name]),
      );
  });
}
