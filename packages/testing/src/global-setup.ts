import { randomUUID } from "node:crypto";
import { migrate } from "@helpdesk/db";
import { choosePostgres, createDatabase, dropDatabase, withDatabase } from "@helpdesk/postgres";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The server of this run: a URL that may create databases, and the migrated database to copy. */
    postgres: { adminUrl: string; template: string };
  }
}

/** Once per run: one PostgreSQL, one migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chosen = await choosePostgres(process.env);
  console.log(`PostgreSQL for the tests: ${chosen.reason}.`);
  const template = `helpdesk_template_${randomUUID().slice(0, 8)}`;
  try {
    await createDatabase(chosen.url, template);
    await migrate(withDatabase(chosen.url, template));
  } catch (error) {
    await chosen.stop();
    throw error;
  }
  project.provide("postgres", { adminUrl: chosen.url, template });
  return async () => {
    await dropDatabase(chosen.url, template);
    await chosen.stop();
  };
}
