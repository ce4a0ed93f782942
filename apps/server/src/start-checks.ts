import { type Sql, demoAccountsIn, isUnavailable, pendingMigrations, Unavailable } from "@helpdesk/db";
import type { Env } from "./env.ts";
import { StartError } from "./process.ts";

/** @throws StartError where the database lacks migrations, or where production would serve an account whose password is public. */
export async function expectFitDatabase(sql: Sql, env: Env): Promise<void> {
  try {
    const pending = await pendingMigrations(env.DATABASE_URL);
    if (pending.length > 0) {
      throw new StartError(
        `The database lacks ${pending.length} migrations (${pending.join(", ")}). Run pnpm db:migrate.`,
      );
    }
    if (env.NODE_ENV !== "production") return;
    const accounts = await demoAccountsIn(sql);
    if (accounts.length > 0) {
      throw new StartError(`The database has demo accounts with a public password (${accounts.join(", ")}).`);
    }
  } catch (error) {
    throw isUnavailable(error) ? new Unavailable(error) : error;
  }
}
