import { randomBytes } from "node:crypto";
import { connect, migrate, seed } from "@helpdesk/db";
import {
  createDatabase,
  dropDatabase,
  serverVersion,
  startDisposable,
  withDatabase,
} from "@helpdesk/postgres";
import { addTickets } from "./tickets.ts";

export interface BenchDatabase extends AsyncDisposable {
  url: string;
  description: string;
}

/** A migrated and seeded database of its own, with many tickets, on the server of DATABASE_URL or an embedded one; gone when disposed of. */
export async function openDatabase(tickets: number): Promise<BenchDatabase> {
  await using stack = new AsyncDisposableStack();
  const given = process.env["DATABASE_URL"];
  const embedded = given ? undefined : await startDisposable();
  if (embedded) stack.defer(() => embedded.stop());
  const adminUrl = given ?? embedded!.url;
  const name = `helpdesk_bench_${randomBytes(4).toString("hex")}`;
  await createDatabase(adminUrl, name);
  if (given) stack.defer(() => dropDatabase(adminUrl, name));
  const url = withDatabase(adminUrl, name);
  await migrate(url);
  await seed(url, { now: new Date().toISOString() });
  const sql = connect({ url, max: 1, applicationName: "helpdesk-bench" });
  try {
    await addTickets(sql, tickets);
  } finally {
    await sql.end({ timeout: 5 });
  }
  const source = given ? "of DATABASE_URL" : "embedded, without fsync";
  const description = `PostgreSQL ${await serverVersion(adminUrl)} (${source}), ${tickets} tickets, ${tickets * 3} comments`;
  const kept = stack.move();
  return { url, description, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
