import { Unavailable, isTransient, isUnavailable } from "./faults.ts";
import type { Sql } from "./connection.ts";

type Pending = { values(): Promise<unknown[][]> } & Promise<Record<string, unknown>[]>;
type Runner = { unsafe(text: string, values: unknown[], options: { prepare: boolean }): Pending };

/** Runs queries for one organization. Statements reach the connection through it and nothing else does. */
export class Reader {
  readonly organizationId: string;
  #runner: Runner;

  constructor(runner: Runner, organizationId: string) {
    this.#runner = runner;
    this.organizationId = organizationId;
  }

  /** Sends a compiled statement; called by statements, not by use cases. */
  async send(text: string, values: unknown[], asArrays: boolean): Promise<unknown[]> {
    try {
      const pending = this.#runner.unsafe(text, values, { prepare: true });
      return asArrays ? await pending.values() : await pending;
    } catch (error) {
      throw isUnavailable(error) ? new Unavailable(error) : error;
    }
  }
}

/** A reader inside a transaction, which alone can run commands. It throws once the transaction has ended. */
export class Unit extends Reader {
  readonly transactional = true;
  #ended = false;

  override async send(text: string, values: unknown[], asArrays: boolean): Promise<unknown[]> {
    if (this.#ended)
      throw new Error("This unit's transaction has ended: nothing may be written through it any more.");
    return super.send(text, values, asArrays);
  }

  end(): void {
    this.#ended = true;
  }
}

const ATTEMPTS = 3;

/**
 * Runs `work` in one transaction for one organization and commits it.
 * Deadlocks and serialization failures are tried again, so `work` must have no effect but through its unit.
 * @throws Unavailable when no connection can be had.
 */
export async function transact<T>(
  sql: Sql,
  organizationId: string,
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let unit: Unit | undefined;
    try {
      const result = await sql.begin(async (transaction) => {
        unit = new Unit(transaction as unknown as Runner, organizationId);
        return { value: await work(unit) };
      });
      return result.value;
    } catch (error) {
      if (isTransient(error) && attempt < ATTEMPTS) continue;
      throw isUnavailable(error) ? new Unavailable(error) : error;
    } finally {
      unit?.end();
    }
  }
}

export const read = (sql: Sql, organizationId: string): Reader =>
  new Reader(sql as unknown as Runner, organizationId);
