import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** Rows sent as one JSON text: one statement for any number of them. */
export const recordset = (text: SQLWrapper, columns: string): SQL =>
  sql`jsonb_to_recordset((${text}::text)::jsonb) as r(${sql.raw(columns)})`;

/** An instant inside JSON, in the one format of the wire; outside JSON the driver writes it. */
export const isoInJson = (column: string): SQL =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
