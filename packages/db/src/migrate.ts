import {
  alone,
  MigrationError,
  onOneConnection,
  readApplied,
  readSteps,
  type Step,
} from "./migrate-steps.ts";

export { MigrationError } from "./migrate-steps.ts";

export interface MigrateOptions {
  /** Called with the name of each migration when it is applied. */
  onProgress?: (name: string) => void;
}

/**
 * Applies what is pending, each migration and its record in one transaction. Any number may run at once.
 * @returns the names this call applied.
 * @throws MigrationError when an applied migration is not the one in this release.
 */
export async function migrate(databaseUrl: string, { onProgress }: MigrateOptions = {}): Promise<string[]> {
  const steps = await readSteps();
  return onOneConnection(databaseUrl, async (sql) => {
    const names: string[] = [];
    for (const step of pendingOf(steps, await readApplied(sql))) {
      const isOurs = await alone(sql, async (tx, applied) => {
        if (pendingOf([step], applied).length === 0) return false;
        await tx.unsafe(step.up);
        await tx`insert into public.migrations (name, checksum, applied_at) values (${step.name}, ${step.checksum}, now())`;
        return true;
      });
      if (!isOurs) continue;
      names.push(step.name);
      onProgress?.(step.name);
    }
    return names;
  });
}

/** The names of the migrations that `migrate` would apply. */
export async function pendingMigrations(databaseUrl: string): Promise<string[]> {
  const steps = await readSteps();
  const applied = await onOneConnection(databaseUrl, readApplied);
  return pendingOf(steps, applied).map((step) => step.name);
}

function pendingOf(steps: Step[], applied: Map<string, string>): Step[] {
  const changed = steps.find((step) => applied.has(step.name) && applied.get(step.name) !== step.checksum);
  if (changed) throw new MigrationError(`Migration ${changed.name} was changed after it was applied.`);
  return steps.filter((step) => !applied.has(step.name));
}
