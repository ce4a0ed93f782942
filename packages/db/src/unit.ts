import { type Cancellable, type Cancellation, DeadlineExceeded, cancelRequests } from "./cancellation.ts";
import type { Sql } from "./connection.ts";
import { Interrupted, Unavailable, isEnded, isTransient, isUnavailable } from "./faults.ts";

type Pending = { values(): Promise<unknown[][]> } & Promise<Record<string, unknown>[]> & Cancellable;
type Runner = { unsafe(text: string, values: unknown[], options: { prepare: boolean }): Pending };

/** How a statement travels. One that is not prepared leaves nothing behind on its connection. */
export interface Sending {
  prepared: boolean;
  asArrays: boolean;
}

const asRows: Sending = { prepared: true, asArrays: false };

/** The server ends a statement after 5 s; this is for a server, or a queue for it, that says nothing at all. */
const DEADLINE_MS = 30_000;

/** Of work that may succeed at once when it is done again. */
export const ATTEMPTS = 3;

/** Rejects with `Unavailable` when there is no answer within the deadline; what was sent may still take effect. */
const startDeadline = (reject: (error: Error) => void): NodeJS.Timeout =>
  setTimeout(() => reject(new Unavailable(new Error(`No answer within ${DEADLINE_MS} ms.`))), DEADLINE_MS);

function withinDeadline<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = startDeadline(reject);
    answer.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** An error of the driver as callers know it. */
function told(error: unknown, requestsBefore: number): unknown {
  if (isEnded(error) && cancelRequests() !== requestsBefore) return new Interrupted(error);
  return isUnavailable(error) ? new Unavailable(error) : error;
}

/** Runs queries for one organization. Statements reach the connection through it and nothing else does. */
export class Reader {
  readonly organizationId: string;
  #runner: Runner;
  #cancellation: Cancellation | null;

  constructor(runner: Runner, organizationId: string, cancellation: Cancellation | null = null) {
    this.#runner = runner;
    this.organizationId = organizationId;
    this.#cancellation = cancellation;
  }

  /** Sends a compiled statement; called by statements, not by use cases. @throws Unavailable, DeadlineExceeded. */
  async send(text: string, values: unknown[], how: Sending = asRows): Promise<unknown[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(text, values, how);
      } catch (error) {
        if (!(error instanceof Interrupted) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  protected async attempt(text: string, values: unknown[], how: Sending): Promise<unknown[]> {
    this.#cancellation?.expectAwaited();
    const requestsBefore = cancelRequests();
    try {
      const pending = this.#runner.unsafe(text, values, { prepare: how.prepared });
      const answer: Promise<unknown[]> = how.asArrays ? pending.values() : pending;
      return await (this.#cancellation?.answerOf(pending, answer, startDeadline) ?? withinDeadline(answer));
    } catch (error) {
      throw told(error, requestsBefore);
    }
  }
}

/** A reader inside a transaction, which alone can run commands. It throws once the transaction has ended. */
export class Unit extends Reader {
  readonly transactional = true;
  #ended = false;

  override async send(text: string, values: unknown[], how: Sending = asRows): Promise<unknown[]> {
    if (this.#ended)
      throw new Error("This unit's transaction has ended: nothing may be written through it any more.");
    return this.attempt(text, values, how);
  }

  end(): void {
    this.#ended = true;
  }
}

/**
 * Runs `work` in one transaction for one organization and commits it.
 * Deadlocks and serialization failures are tried again, so `work` must have no effect but through its unit.
 * @throws Unavailable when no connection can be had, DeadlineExceeded when nobody waits any more.
 */
export async function transact<T>(
  sql: Sql,
  organizationId: string,
  work: (unit: Unit) => Promise<T>,
  cancellation: Cancellation | null = null,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transactOnce(sql, organizationId, work, cancellation);
    } catch (error) {
      if (!isTransient(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

/** As `transact`, without another attempt. */
export async function transactOnce<T>(
  sql: Sql,
  organizationId: string,
  work: (unit: Unit) => Promise<T>,
  cancellation: Cancellation | null,
): Promise<T> {
  let unit: Unit | undefined;
  cancellation?.expectAwaited();
  const requestsBefore = cancelRequests();
  try {
    const transaction = withinDeadline(
      sql.begin(async (runner) => {
        cancellation?.expectAwaited();
        unit = new Unit(runner as unknown as Runner, organizationId, cancellation);
        const value = await work(unit);
        cancellation?.done();
        return { value };
      }),
    );
    const begun = cancellation ? begunOr(cancellation, transaction, () => unit !== undefined) : transaction;
    return (await begun).value;
  } catch (error) {
    throw told(error, requestsBefore);
  } finally {
    unit?.end();
  }
}

/** The transaction; where nobody waits any more before it has a connection, it is not waited for. */
function begunOr<T>(
  cancellation: Cancellation,
  transaction: Promise<T>,
  hasBegun: () => boolean,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const forget = cancellation.onCancel(() => {
      if (!hasBegun()) reject(new DeadlineExceeded());
    });
    transaction.then(resolve, reject).finally(forget);
  });
}

export const read = (sql: Sql, organizationId: string, cancellation: Cancellation | null = null): Reader =>
  new Reader(sql as unknown as Runner, organizationId, cancellation);
