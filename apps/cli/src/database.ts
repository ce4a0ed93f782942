import { join } from "node:path";
import { databaseProblem } from "@helpdesk/db";
import { envSchema } from "@helpdesk/server";
import { Failure } from "./failure.ts";
import { DATA } from "./project.ts";

export type Database = {
  url: string;
  stop(): Promise<void>;
  /** Settles when an embedded server ends by itself; never for one that is not ours. */
  ended: Promise<void>;
};

/** The database of DATABASE_URL; without one, the embedded PostgreSQL of `.data`, started here unless it runs already. */
export async function openDatabase(onProgress: (sentence: string) => void): Promise<Database> {
  const url = process.env["DATABASE_URL"];
  if (url) {
    const { success } = envSchema.shape.DATABASE_URL.safeParse(url);
    if (!success) throw new Failure("DATABASE_URL must be a postgres:// URL.");
    return { url, stop: async () => {}, ended: new Promise(() => {}) };
  }
  const { createDatabase, findRunning, startEmbedded, withDatabase } = await import("@helpdesk/postgres");
  const dataDir = join(DATA, "postgres");
  const running = await findRunning(dataDir);
  const server = running
    ? { url: running, stop: async () => {}, ended: new Promise<void>(() => {}) }
    : await startEmbedded({ dataDir, onProgress });
  await createDatabase(server.url, "helpdesk");
  return { url: withDatabase(server.url, "helpdesk"), stop: () => server.stop(), ended: server.ended };
}

/** Runs what speaks to the database; one that cannot be used becomes a Failure, which says why without the password. */
export async function reaching<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const problem = databaseProblem(url, error);
    throw problem === null ? error : new Failure(problem, { cause: error });
  }
}
