import { MigrationError, databaseProblem } from "@helpdesk/db";
import { type Env, SettingsError, loadEnvFile, readEnv } from "./env.ts";

/** What keeps a process from starting, in one sentence for whoever started it. */
export class StartError extends Error {
  override readonly name = "StartError";
}

const CLOSE_WITHIN_MS = 10_000;

/**
 * Starts a process and stops it at SIGTERM or SIGINT: exit code 0 within ten seconds, 1 where it cannot start or stop.
 * Whatever `start` opens it leaves with `parts`, which close in reverse.
 */
export async function run(
  name: string,
  start: (env: Env, parts: AsyncDisposableStack) => Promise<void>,
): Promise<void> {
  const parts = new AsyncDisposableStack();
  try {
    loadEnvFile();
    await start(readEnv(process.env), parts);
    const shutDown = () => void closeWithin(parts, 0);
    process.once("SIGTERM", shutDown);
    process.once("SIGINT", shutDown);
  } catch (error) {
    const sentence = explain(error);
    process.stderr.write(`helpdesk ${name}: ${sentence ?? (error as Error).stack ?? String(error)}\n`);
    await closeWithin(parts, 1);
  }
}

async function closeWithin(parts: AsyncDisposableStack, exitCode: number): Promise<never> {
  setTimeout(() => process.exit(1), CLOSE_WITHIN_MS);
  const isClosed = await parts.disposeAsync().then(
    () => true,
    () => false,
  );
  process.exit(isClosed ? exitCode : 1);
}

/** One sentence for what a person can mend; null for a defect. */
function explain(error: unknown): string | null {
  if (error instanceof SettingsError || error instanceof StartError || error instanceof MigrationError)
    return error.message;
  return databaseProblem(process.env["DATABASE_URL"] ?? "", error);
}
