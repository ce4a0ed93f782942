import postgres from "postgres";

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** Creates a database, empty or as a copy of `template`; false when it was there already. */
export async function createDatabase(adminUrl: string, name: string, template?: string): Promise<boolean> {
  return onServer(adminUrl, async (sql) => {
    const [found] = await sql`select 1 from pg_database where datname = ${name}`;
    if (found) return false;
    await sql`create database ${sql(name)} ${template === undefined ? sql`` : sql`template ${sql(template)}`}`;
    return true;
  });
}

/** Drops a database and ends whoever is still connected to it. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await onServer(adminUrl, (sql) => sql`drop database if exists ${sql(name)} with (force)`);
}

/** Takes everything out of a database; needs no right to create or drop databases. */
export async function emptyDatabase(url: string): Promise<void> {
  await onServer(url, async (sql) => {
    const schemas = await sql<{ name: string }[]>`
      select nspname as name from pg_namespace where nspname not like 'pg\\_%' and nspname <> 'information_schema'`;
    for (const { name } of schemas) await sql`drop schema ${sql(name)} cascade`;
    await sql`create schema public`;
  });
}

/** Server version as PostgreSQL prints it, such as `18.4`; throws what the driver throws when none answers. */
export function serverVersion(url: string): Promise<string> {
  return onServer(url, async (sql) => {
    const [row] = await sql<{ server_version: string }[]>`show server_version`;
    return row?.server_version.split(" ")[0] ?? "unknown";
  });
}

async function onServer<T>(url: string, work: (sql: postgres.Sql) => PromiseLike<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, prepare: false, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}
