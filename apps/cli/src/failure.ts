/** Something the person at the terminal can put right; the message is one sentence that says how. */
export class Failure extends Error {
  override readonly name = "Failure";
}

// By name, because most of them belong to packages that only some commands load.
const TOLD = new Set([
  "Failure",
  "PostgresUnavailable",
  "SettingsError",
  "MigrationError",
  "OrganizationError",
]);

/** The sentence to print for an error, or its stack when it is nobody's but ours. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return TOLD.has(error.name) ? error.message : (error.stack ?? error.message);
}

/** Runs a command's work; a failure becomes its sentence on standard error and exit code 1. */
export async function told(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    process.exitCode = 1;
  }
}
