import { type SQL, and, asc, getTableColumns, sql } from "drizzle-orm";
import { type PgColumn, type PgTable, getTableConfig } from "drizzle-orm/pg-core";
import { type Params, build, query } from "../../statement.ts";
import type { Reader } from "../../unit.ts";
import type { ExportedTable } from "./tables.ts";

export type ExportedRow = Record<string, unknown>;

/** Rows that one statement reads at most. */
export const exportPageSize = 200;

const TENANT = "organizationId";

const primaryKeyOf = (table: PgTable): string[] => {
  const { primaryKeys, columns } = getTableConfig(table);
  const names = (primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary)).map(({ name }) => name);
  return Object.entries(getTableColumns(table))
    .filter(([, column]) => names.includes(column.name))
    .map(([key]) => key);
};

/** As PostgreSQL calls it. */
export const tableNameOf = (table: PgTable): string => getTableConfig(table).name;

/** Of the organization; of what belongs to none, all. */
function belongs(columns: Record<string, PgColumn>, p: Params<{}>, isOrganization: boolean): SQL {
  if (isOrganization) return sql`${columns["id"]} = ${p.organizationId}`;
  const tenant = columns[TENANT];
  return tenant ? sql`${tenant} = ${p.organizationId}` : sql`${p.organizationId}::uuid is not null`;
}

/** The columns that stand in an export. */
export const exportedColumns = ({ table, without }: ExportedTable): Record<string, PgColumn> =>
  Object.fromEntries(
    Object.entries(getTableColumns(table)).filter(([key]) => key !== TENANT && !Object.hasOwn(without, key)),
  );

/** Pages of a table in the order of its key, as its rows are read: a reader that sees one moment sees each row once. */
export async function* pagesOfTable(reader: Reader, exported: ExportedTable): AsyncGenerator<ExportedRow[]> {
  const { table } = exported;
  const all = getTableColumns(table) as Record<string, PgColumn>;
  const isOrganization = tableNameOf(table) === "organizations";
  const keys = primaryKeyOf(table).filter((key) => key !== TENANT);
  const tuple = (parts: SQL[]) => sql`(${sql.join(parts, sql`, `)})`;
  const after = (p: Record<string, unknown>) =>
    sql`${tuple(keys.map((key) => sql`${all[key]}`))} > ${tuple(
      keys.map((key) => sql`${p[key]}::${sql.raw(all[key]!.getSQLType())}`),
    )}`;
  const page = (isFirst: boolean) =>
    query<Record<string, unknown>, ExportedRow>(
      (p) =>
        build
          .select(exportedColumns(exported))
          .from(table)
          .where(and(belongs(all, p as Params<{}>, isOrganization), isFirst ? undefined : after(p)))
          .orderBy(...keys.map((key) => asc(all[key]!)))
          .limit(exportPageSize) as never,
      { isRare: true },
    );
  const next = page(false);
  let rows = await page(true)(reader, {});
  for (;;) {
    if (rows.length > 0) yield rows;
    if (rows.length < exportPageSize) return;
    const last = rows.at(-1)!;
    rows = await next(reader, Object.fromEntries(keys.map((key) => [key, last[key]])));
  }
}
