import { connect } from "@helpdesk/db";

/** Takes away what `prepareJobs` made, with every job in it. */
export async function dropJobs(databaseUrl: string): Promise<void> {
  const sql = connect({ url: databaseUrl, max: 1 });
  try {
    await sql`drop schema if exists pgboss cascade`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
