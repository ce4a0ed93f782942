import { Unavailable, isTransient, isUnavailable } from "./faults.ts";
import type { Sql } from "./connection.ts";

type Pending = { values(): Promise<unknown[][]> } & Promise<Record<string, unknown>[]>;
type Runner = { unsafe(text: string, values: unknown[], options: { prepare: boolean }): Pending };

/** How a statement travels. One that is not prepared leaves nothing behind on its connection. */
export interface Sending {
  prepared: boolean;
  asArrays: boolean;
}

const asRows: Sending = { prepared: true, asArrays: false };

/** The server ends a statement after 5 s; this is for a server, or a queue for it, that says nothing at all. */
const DEADLINE_MS = 30_000;

/** @throws Unavailable when there is no answer within the deadline; what was sent may still take effect. */
function withinDeadline<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Unavailable(new Error(`No answer within ${DEADLINE_MS} ms.`))),
      DEADLINE_MS,
    );
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Runs queries for one organization. Statements reach the connection through it and nothing else does. */
export class Reader {
  readonly organizationId: string;
  #runner: Runner;

  constructor(runner: Runner, organizationId: string) {
    this.#runner = runner;
    this.organizationId = organizationId;
  }

  /** Sends a compiled statement; called by statements, not by use cases. */
  async send(text: string, values: unknown[], how: Sending = asRows): Promise<unknown[]> {
    try {
      const pending = this.#runner.unsafe(text, values, { prepare: how.prepared });
      return await withinDeadline<unknown[]>(how.asArrays ? pending.values() : pending);
    } catch (error) {
      throw isUnavailable(error) ? new Unavailable(error) : error;
    }
  }
}

/** A reader inside a transaction, which alone can run commands. It throws once the transaction has ended. */
export class Unit extends Reader {
  readonly transactional = true;
  #ended = false;

  override async send(text: string, values: unknown[], how?: Sending): Promise<unknown[]> {
    if (this.#ended)
      throw new Error("This unit's transaction has ended: nothing may be written through it any more.");
    return super.send(text, values, how);
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
      const transaction = sql.begin(async (runner) => {
        unit = new Unit(runner as unknown as Runner, organizationId);
        return { value: await work(unit) };
      });
      return (await withinDeadline(transaction)).value;
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
