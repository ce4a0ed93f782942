import type { Sql } from "./connection.ts";
import { type Reader, Unit } from "./unit.ts";

/**
 * Reads an organization as it is at one moment, however long that takes, in one transaction that can write nothing. It
 * keeps its connection to itself all the while, and has no deadline but those of its statements.
 */
export const readPicture = <T>(
  sql: Sql,
  organizationId: string,
  work: (reader: Reader) => Promise<T>,
): Promise<T> =>
  sql.begin("isolation level repeatable read read only", async (runner) => {
    await runner.unsafe(
      "set local statement_timeout = '60s'; set local idle_in_transaction_session_timeout = '60s'",
    );
    const unit = new Unit(runner as unknown as ConstructorParameters<typeof Unit>[0], organizationId);
    try {
      return await work(unit);
    } finally {
      unit.end();
    }
  }) as Promise<T>;
