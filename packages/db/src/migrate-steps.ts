import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import postgres from "postgres";

/** One migration: the way up, the way down, and the checksum of the way up as it was applied. */
export interface Step {
  name: string;
  up: string;
  down: string;
  checksum: string;
}

/** A migration cannot be applied or undone as things are; the message says why. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

type Connection = postgres.Sql;
type Transaction = postgres.TransactionSql;

const FOLDER = new URL("../migrations/", import.meta.url);
const LOCK = 7_368_114_021;

/** All migrations of this release, in order. */
export async function readSteps(): Promise<Step[]> {
  const files = await readdir(FOLDER);
  const names = files
    .filter((file) => /^\d{4}_\w+\.sql$/.test(file))
    .map((file) => file.slice(0, -".sql".length))
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const up = await readFile(new URL(`${name}.sql`, FOLDER), "utf8");
      const down = await readFile(new URL(`${name}.down.sql`, FOLDER), "utf8");
      return { name, up, down, checksum: createHash("sha256").update(up).digest("hex") };
    }),
  );
}

/** Runs `work` on a connection of its own, without the time limits of the product's. */
export async function onOneConnection<T>(
  databaseUrl: string,
  work: (sql: Connection) => Promise<T>,
): Promise<T> {
  const sql = postgres(databaseUrl, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The names and checksums of what is applied; empty on a database that was never migrated. */
export async function readApplied(sql: Connection | Transaction): Promise<Map<string, string>> {
  const [record] = await sql`select to_regclass('public.migrations') is not null as exists`;
  if (!record?.["exists"]) return new Map();
  const rows = await sql<
    { name: string; checksum: string }[]
  >`select name, checksum from public.migrations order by name`;
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

/** One step and its record in one transaction, alone in the database: others wait, then see what was done. */
export async function alone<T>(
  sql: Connection,
  work: (tx: Transaction, applied: Map<string, string>) => Promise<T>,
) {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK})`;
    await tx`create table if not exists public.migrations (
      name text constraint migrations_pkey primary key,
      checksum text not null,
      applied_at timestamp (3) with time zone not null
    )`;
    return work(tx, await readApplied(tx));
  });
}
