import type { Sql } from "@helpdesk/db";

/**
 * Texts as people write them: some words in nearly all, most in few. `the` is in every text, `printer` in about a
 * third of the tickets, and each ticket has a word of its own, `case17`.
 */
const vocabulary = `
  create temp table snippets as
  select n, (select string_agg(
      substr(translate(md5((1 + floor(20000 * power(random(), 4)))::int::text), '0123456789', 'ghijklmnop'), 1, 3 + w % 6), ' ')
    from generate_series(1, 30 + 0 * n) w) as words
  from generate_series(1, 5000) n`;

/** Tickets of the demo organization from one count to another, a minute apart, with two comments each. */
const tickets = `
  create temp table made as
  with customer as (
    select u.id, row_number() over (order by u.email) - 1 as place, count(*) over () as count
    from users u join roles r on r.organization_id = u.organization_id and r.id = u.role_id
    where u.organization_id = $organization and r.key = 'customer'),
  department as (
    select id, row_number() over (order by name) - 1 as place, count(*) over () as count
    from departments where organization_id = $organization)
  select i.n, gen_random_uuid() as id, customer.id as customer_id, department.id as department_id,
    '2020-01-01T00:00:00Z'::timestamptz + i.n * interval '1 minute' as at, a.words as one, b.words as two
  from generate_series($from::int, $to::int) i (n)
    join customer on customer.place = i.n % customer.count
    join department on department.place = i.n / 7 % department.count
    join snippets a on a.n = 1 + i.n::bigint * 7919 % 5000 join snippets b on b.n = 1 + i.n::bigint * 104729 % 5000`;

const rows = [
  `insert into tickets (organization_id, id, number, title, description, status_id, priority, source, customer_id,
      created_by_id, department_id, created_at, updated_at)
    select $organization, id, 1000000 + n, 'the ' || split_part(one, ' ', 3) || case when n % 3 = 0 then ' printer ' else ' ' end
        || split_part(two, ' ', 5) || ' case' || n, 'the ' || one || ' ' || two,
      (select s.id from ticket_statuses s where s.organization_id = $organization and s.key = 'open'), 'medium', 'web',
      customer_id, customer_id, department_id, at, at from made`,
  `insert into ticket_comments (organization_id, id, ticket_id, sequence, visibility, body, source, created_at)
    select $organization, gen_random_uuid(), id, s, case s when 2 then 'public' else 'internal' end,
      'the ' || case s when 2 then two else one end, 'web', at + s * interval '1 minute' from made, generate_series(2, 3) s`,
  "drop table made",
];

/** Adds tickets with texts up to a count; what they are found by is to be rebuilt. */
export async function addTexts(sql: Sql, organizationId: string, from: number, to: number): Promise<void> {
  const [known] = await sql`select to_regclass('pg_temp.snippets') is not null as is_known`;
  if (!known!["is_known"]) {
    await sql`select setseed(0.5)`;
    await sql.unsafe(vocabulary);
  }
  const values = { $organization: `'${organizationId}'::uuid`, $from: String(from), $to: String(to) };
  for (const text of [tickets, ...rows])
    await sql.unsafe(
      text.replaceAll(/\$(organization|from|to)\b/g, (name) => values[name as keyof typeof values]),
    );
}
