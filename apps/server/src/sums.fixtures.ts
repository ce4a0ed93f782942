import type { Sql } from "@helpdesk/db";

/** Every row of every table that belongs to an organization, as one sum a table. */
export async function sumsOf(sql: Sql, organizationId: string): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'organization_id' order by 1`;
  const sums = tables.map(
    ({ name }) => `
      select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum
      from "${name}" t where organization_id = $1`,
  );
  const rows = await sql.unsafe<{ name: string; sum: string }[]>(sums.join(" union all "), [organizationId]);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}
