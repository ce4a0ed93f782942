import { alone, MigrationError, onOneConnection, readSteps } from "./migrate-steps.ts";

export interface RollbackOptions {
  /** The migration to go back to, which stays applied; `"nothing"` undoes all. Without it: one step back. */
  to?: string;
  onProgress?: (name: string) => void;
}

/**
 * Undoes the last migrations, newest first, all in one transaction.
 * @returns the names undone.
 * @throws MigrationError when `to` is not applied or this release has no way down for an applied migration.
 */
export async function rollback(
  databaseUrl: string,
  { to, onProgress }: RollbackOptions = {},
): Promise<string[]> {
  const ways = new Map((await readSteps()).map((step) => [step.name, step.down]));
  const undone = await onOneConnection(databaseUrl, (sql) =>
    alone(sql, async (tx, applied) => {
      const names = toUndo([...applied.keys()], to);
      for (const name of names) {
        const down = ways.get(name);
        if (down === undefined)
          throw new MigrationError(`This release has no way down for migration ${name}.`);
        await tx.unsafe(down);
        await tx`delete from public.migrations where name = ${name}`;
      }
      return names;
    }),
  );
  for (const name of undone) onProgress?.(name);
  return undone;
}

function toUndo(applied: string[], to: string | undefined): string[] {
  if (to === undefined) return applied.slice(-1);
  if (to === "nothing") return applied.toReversed();
  const last = applied.indexOf(to);
  if (last < 0)
    throw new MigrationError(`Migration ${to} is not applied; applied are: ${applied.join(", ") || "none"}.`);
  return applied.slice(last + 1).toReversed();
}
