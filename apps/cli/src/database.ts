import { join } from "node:path";
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
  if (url) return { url, stop: async () => {}, ended: new Promise(() => {}) };
  const { createDatabase, findRunning, startEmbedded, withDatabase } = await import("@helpdesk/postgres");
  const dataDir = join(DATA, "postgres");
  const running = await findRunning(dataDir);
  const server = running
    ? { url: running, stop: async () => {}, ended: new Promise<void>(() => {}) }
    : await startEmbedded({ dataDir, onProgress });
  await createDatabase(server.url, "helpdesk");
  return { url: withDatabase(server.url, "helpdesk"), stop: () => server.stop(), ended: server.ended };
}

const UNREACHABLE: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "its host is unknown",
  EAI_AGAIN: "its host is unknown",
  EHOSTUNREACH: "its host cannot be reached",
  ETIMEDOUT: "it does not answer",
  CONNECT_TIMEOUT: "it does not answer",
  CONNECTION_CLOSED: "it closed the connection",
  "28P01": "it refuses the password",
  "28000": "it refuses the user",
  "3D000": "it has no such database",
};

/** Runs what speaks to the database and turns "cannot connect" into a sentence without the password. */
export async function reaching<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = UNREACHABLE[codeOf(error)];
    if (!why) throw error;
    const { host, pathname } = new URL(url);
    throw new Failure(`The database ${host}${pathname} of DATABASE_URL cannot be reached: ${why}.`, {
      cause: error,
    });
  }
}

function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return typeof code === "string" ? code : cause ? codeOf(cause) : "";
}
