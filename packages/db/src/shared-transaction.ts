import type { Cancellation } from "./cancellation.ts";
import type { Sql } from "./connection.ts";
import { Reader, type Sending, type Unit, read, transactOnce } from "./unit.ts";

/** Reads from the pool until the transaction has begun, then through it. */
class SharedReader extends Reader {
  readonly #current: () => Reader;

  constructor(organizationId: string, current: () => Reader) {
    super(
      {
        unsafe: () => {
          throw new Error("A shared reader sends nothing itself.");
        },
      },
      organizationId,
    );
    this.#current = current;
  }

  override send(text: string, values: unknown[], how?: Sending): Promise<unknown[]> {
    return this.#current().send(text, values, how);
  }
}

class RolledBack extends Error {
  override readonly name = "RolledBack";
}

/**
 * One transaction for all that a call writes: begun by the first work, committed or rolled back by whoever made it.
 * A conflict is not tried again in here: the whole has to be.
 */
export class SharedTransaction {
  readonly reader: Reader;
  readonly #begin: (work: (unit: Unit) => Promise<void>) => Promise<void>;
  readonly #end = Promise.withResolvers<void>();
  #whole: Promise<void> | null = null;
  #opening: Promise<Unit> | null = null;
  #unit: Unit | null = null;

  constructor(sql: Sql, organizationId: string, cancellation: Cancellation | null) {
    const outside = read(sql, organizationId, cancellation);
    this.reader = new SharedReader(organizationId, () => this.#unit ?? outside);
    // Nobody listens where nothing was begun.
    this.#end.promise.catch(() => undefined);
    this.#begin = (work) => transactOnce(sql, organizationId, work, cancellation);
  }

  /** Runs `work` inside; what it wrote stays or goes with the rest. */
  readonly transact = async <T>(work: (unit: Unit) => Promise<T>): Promise<T> => work(await this.#open());

  /** Whether anything was written, or locked. */
  get hasBegun(): boolean {
    return this.#opening !== null;
  }

  /** Commits after a last piece of work; where that fails, nothing stays. */
  async commit(last: (unit: Unit) => Promise<void>): Promise<void> {
    try {
      await this.transact(last);
    } catch (error) {
      await this.rollback();
      throw error;
    }
    this.#unit = null;
    this.#end.resolve();
    await this.#whole;
  }

  /** Nothing that was written stays. */
  async rollback(): Promise<void> {
    this.#unit = null;
    this.#end.reject(new RolledBack());
    await this.#whole?.catch(() => undefined);
  }

  #open(): Promise<Unit> {
    this.#opening ??= new Promise((resolve, reject) => {
      this.#whole = this.#begin(async (unit) => {
        this.#unit = unit;
        resolve(unit);
        await this.#end.promise;
      });
      this.#whole.catch(reject);
    });
    return this.#opening;
  }
}
