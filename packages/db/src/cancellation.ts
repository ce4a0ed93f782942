/** The caller has gone, or its deadline has passed, before there was an answer. Nothing was committed. */
export class DeadlineExceeded extends Error {
  override readonly name = "DeadlineExceeded";
  constructor() {
    super("The caller no longer waits.");
  }
}

/** A statement of the driver's. */
export interface Cancellable {
  /** Whether the server works on it: it is neither in line behind others nor answered. */
  active: boolean;
  /** Asks PostgreSQL to end it. The request names a connection, not a statement. */
  cancel(): Promise<void> | null;
}

let requests = 0;

/** How many cancel requests this process has sent. */
export const cancelRequests = (): number => requests;

const ACKNOWLEDGED_WITHIN_MS = 1_000;
const LOOK_AGAIN_MS = 10;

/** Whether somebody still waits for a piece of work. It ends the statements that run for nobody. */
export class Cancellation {
  readonly #listeners = new Set<() => void>();
  #state: "awaited" | "cancelled" | "done" = "awaited";

  get isCancelled(): boolean {
    return this.#state === "cancelled";
  }

  /** Nobody waits any more. */
  cancel(): void {
    if (this.#state !== "awaited") return;
    this.#state = "cancelled";
    for (const listener of this.#listeners) listener();
  }

  /** Something is about to be committed: from here on the work goes on to its answer. */
  done(): void {
    if (this.#state === "awaited") this.#state = "done";
  }

  /** @throws DeadlineExceeded once nobody waits. */
  expectAwaited(): void {
    if (this.isCancelled) throw new DeadlineExceeded();
  }

  /** Calls back when nobody waits any more. Returns how to take that back. */
  onCancel(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * The answer of a statement, which is ended when nobody waits for it. @throws DeadlineExceeded then, and whatever
   * the timer rejects with.
   */
  answerOf<T>(
    statement: Cancellable,
    answer: Promise<T>,
    startTimer?: (reject: (error: Error) => void) => NodeJS.Timeout,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      let isOver = false;
      let acknowledged: Promise<unknown> | undefined;
      const end = (): void => {
        if (isOver) return;
        if (!statement.active) {
          // In line the driver cannot cancel it: others would hang, or get its answer. It is ended when its turn comes.
          setTimeout(end, LOOK_AGAIN_MS).unref();
          return reject(new DeadlineExceeded());
        }
        requests++;
        acknowledged = Promise.resolve(statement.cancel()).catch(() => undefined);
      };
      const forget = this.onCancel(end);
      const over = (): void => {
        isOver = true;
        clearTimeout(timer);
        forget();
      };
      const timer = startTimer?.((error) => {
        over();
        reject(error);
      });
      answer.then(
        (value) => {
          over();
          resolve(value);
        },
        async (error: unknown) => {
          over();
          if (acknowledged === undefined) return reject(error);
          // The connection may have another statement only when the request cannot hit it any more.
          await Promise.race([acknowledged, pause(ACKNOWLEDGED_WITHIN_MS)]);
          reject(new DeadlineExceeded());
        },
      );
    });
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
