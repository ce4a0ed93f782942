import { MigrationError, Unavailable } from "@helpdesk/db";
import { type Env, SettingsError, readEnv } from "./env.ts";

/** What keeps a process from starting, in one sentence for whoever started it. */
export class StartError extends Error {
  override readonly name = "StartError";
}

const CLOSE_WITHIN_MS = 10_000;

/** Starts a process and stops it at SIGTERM or SIGINT: exit code 0 within ten seconds, 1 where it cannot start or stop. */
export async function run(name: string, start: (env: Env) => Promise<() => Promise<void>>): Promise<void> {
  try {
    const env = readEnv(process.env);
    const stop = await start(env);
    const shutDown = () => void closeWithin(stop);
    process.once("SIGTERM", shutDown);
    process.once("SIGINT", shutDown);
  } catch (error) {
    const sentence = explain(error);
    if (sentence === null) throw error;
    process.stderr.write(`helpdesk ${name}: ${sentence}\n`);
    process.exit(1);
  }
}

async function closeWithin(stop: () => Promise<void>): Promise<void> {
  const tooLate = setTimeout(() => process.exit(1), CLOSE_WITHIN_MS);
  try {
    await stop();
    process.exitCode = 0;
  } catch {
    process.exitCode = 1;
  }
  clearTimeout(tooLate);
  process.exit();
}

/** One sentence for what a person can mend; null for a defect. */
function explain(error: unknown): string | null {
  if (error instanceof SettingsError || error instanceof StartError || error instanceof MigrationError)
    return error.message;
  if (error instanceof Unavailable)
    return "The database cannot be reached. Check DATABASE_URL and that PostgreSQL runs.";
  const { code, port } = error as { code?: unknown; port?: unknown };
  if (code === "EADDRINUSE") return `Port ${String(port)} is taken. Stop what uses it, or set another port.`;
  if (code === "EACCES") return `Port ${String(port)} may not be opened by this user.`;
  return null;
}
