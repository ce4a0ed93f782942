import { randomUUID } from "node:crypto";
import { migrate, seed } from "@helpdesk/db";
import { choosePostgres, createDatabase, dropDatabase, withDatabase } from "@helpdesk/postgres";
import { prepareJobs } from "@helpdesk/server";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The server of this run: a URL that may create databases, and the databases to copy. */
    postgres: { adminUrl: string; migrated: string; seeded: string };
  }
}

/** Once per run: one PostgreSQL, one migrated and one seeded template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chosen = await choosePostgres(process.env);
  console.log(`PostgreSQL for the tests: ${chosen.reason}.`);
  const migrated = `helpdesk_template_${randomUUID().slice(0, 8)}`;
  const seeded = `${migrated}_seeded`;
  try {
    await createDatabase(chosen.url, migrated);
    await migrate(withDatabase(chosen.url, migrated));
    await createDatabase(chosen.url, seeded, migrated);
    await seed(withDatabase(chosen.url, seeded));
    await prepareJobs(withDatabase(chosen.url, seeded));
  } catch (error) {
    await chosen.stop();
    throw error;
  }
  project.provide("postgres", { adminUrl: chosen.url, migrated, seeded });
  return async () => {
    await dropDatabase(chosen.url, seeded);
    await dropDatabase(chosen.url, migrated);
    await chosen.stop();
  };
}
