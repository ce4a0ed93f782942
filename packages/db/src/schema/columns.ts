import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  customType,
  foreignKey,
  integer,
  jsonb,
  primaryKey,
  uuid,
} from "drizzle-orm/pg-core";
import type { Instant } from "@helpdesk/domain";

/** `timestamptz(3)` as the driver gives it: an ISO 8601 string in UTC. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => "timestamp (3) with time zone",
});

export const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/** A `tsvector`: words with their places, made by SQL alone. */
export const textVector = customType<{ data: string; driverData: string }>({ dataType: () => "tsvector" });

/** What was written lately waits, in kB, to be put into a GIN index: little, for each search reads it through and some writer pays for all. */
export const ginOptions = { gin_pending_list_limit: 256 };

/** A JSON object; never a scalar or an array, which the driver would change on the way. */
export const object = <T extends object>(name: string) => jsonb(name).$type<T>();

/**
 * The transaction that wrote a row, in digits: its number never wraps around. Whoever read at one moment and reads again
 * finds by it what was committed between, whatever order transactions began in.
 */
export const transactionId = customType<{ data: string; driverData: string }>({
  dataType: () => "xid8",
})("transaction_id")
  .notNull()
  .default(sql.raw("pg_current_xact_id()"));

/** The owner of every row: first in each key, so that a shard is found from it. */
export const tenant = { organizationId: uuid("organization_id").notNull() };

/** The identity of a row: made by the application (UUIDv7), never by the database. */
export const identity = { ...tenant, id: uuid("id").notNull() };

/** A mutable row: an update names the version it read. */
export const mutable = {
  version: integer("version").notNull().default(1),
  createdAt: instant("created_at").notNull(),
  updatedAt: instant("updated_at").notNull(),
};

type Identity = { organizationId: AnyPgColumn; id: AnyPgColumn };

export const identityKey = (name: string, table: Identity) =>
  primaryKey({ name, columns: [table.organizationId, table.id] });

/**
 * A reference that cannot leave its organization: (organization_id, column) → (organization_id, id).
 * `cascade` only where the row is a part of the one referred to; otherwise the delete is refused.
 */
export const reference = (
  name: string,
  table: { organizationId: AnyPgColumn },
  column: AnyPgColumn,
  target: Identity,
  onDelete: "no action" | "cascade" = "no action",
) =>
  foreignKey({
    name,
    columns: [table.organizationId, column],
    foreignColumns: [target.organizationId, target.id],
  }).onDelete(onDelete);

/** An organization is erased by an explicit act, never by cascade. */
export const ownerReference = (
  name: string,
  table: { organizationId: AnyPgColumn },
  organizations: { id: AnyPgColumn },
) => foreignKey({ name, columns: [table.organizationId], foreignColumns: [organizations.id] });

/** CHECKs are written in raw column names: a table-qualified name does not survive sharding. */
export const rule = (name: string, condition: string) => check(name, sql.raw(condition));

export const oneOf = (name: string, column: string, values: readonly string[]) =>
  rule(name, `${column} in (${values.map((value) => `'${value}'`).join(", ")})`);

export const isObject = (name: string, ...columns: string[]) =>
  rule(name, columns.map((column) => `jsonb_typeof(${column}) = 'object'`).join(" and "));

/** A SHA-256 in lower-case hexadecimal. */
export const isHash = (name: string, ...columns: string[]) =>
  rule(name, columns.map((column) => `${column} ~ '^[0-9a-f]{64}$'`).join(" and "));

/** A text of 1 to `limit` characters. */
export const isText = (name: string, column: string, limit: number) =>
  rule(name, `length(${column}) between 1 and ${limit}`);

export const isPositive = (name: string, ...columns: string[]) =>
  rule(name, columns.map((column) => `${column} > 0`).join(" and "));
