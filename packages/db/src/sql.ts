import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** Rows sent as one JSON text: one statement for any number of them. */
export const recordset = (text: SQLWrapper, columns: string): SQL =>
  sql`jsonb_to_recordset((${text}::text)::jsonb) as r(${sql.raw(columns)})`;

/** An instant inside JSON, in the one format of the wire; outside JSON the driver writes it. */
export const isoInJson = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);

/** The ids of the departments that a user called `u` belongs to or manages. */
export const departmentsOf = (organizationId: SQLWrapper): SQL => sql`array(
  select m.department_id::text from department_members m
  where m.organization_id = ${organizationId} and m.user_id = u.id
  union select d.id::text from departments d
  where d.organization_id = ${organizationId} and d.manager_id = u.id)`;
