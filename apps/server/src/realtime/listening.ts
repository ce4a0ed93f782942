import { type Refusal, RefusalError, type UserActor } from "@helpdesk/domain";

/** Ends a stream without a word, so that its reader comes back: to another process, where this one closes. */
export class StreamCut extends Error {
  // tRPC says nothing to the reader of a stream that ends by an error of this name.
  override readonly name = "AbortError";
}

/** One open stream's ear: woken, it looks by itself; ended, it throws. */
export class Listening implements Disposable {
  /** Who listens, with the rights they have now. */
  actor: UserActor;
  #isWoken = true;
  #ending: Error | null = null;
  #awake: (() => void) | null = null;
  readonly #parts = new DisposableStack();

  constructor(actor: UserActor) {
    this.actor = actor;
  }

  /** To be undone when the stream ends. */
  defer(undo: () => void): void {
    this.#parts.defer(undo);
  }

  readonly wake = (): void => {
    this.#isWoken = true;
    this.#awake?.();
  };

  change(actor: UserActor): void {
    this.actor = actor;
    this.wake();
  }

  end(refusal: Refusal): void {
    this.#ending ??= new RefusalError(refusal);
    this.#awake?.();
  }

  cut(): void {
    this.#ending ??= new StreamCut("The stream is cut.");
    this.#awake?.();
  }

  /** Waits until there may be something, at most `atMostMs`. @throws RefusalError, StreamCut when the stream has to end. */
  async woken(atMostMs?: number): Promise<void> {
    if (!this.#isWoken && !this.#ending) await this.#wait(atMostMs);
    this.#isWoken = false;
    this.expectOpen();
  }

  /** Waits whether or not it is woken. @throws RefusalError, StreamCut when the stream has to end. */
  async pause(ms: number): Promise<void> {
    let isOver = ms <= 0;
    const timer = setTimeout(
      () => {
        isOver = true;
        this.#awake?.();
      },
      Math.max(0, ms),
    );
    while (!isOver && !this.#ending) await this.#wait();
    clearTimeout(timer);
    this.expectOpen();
  }

  /** @throws RefusalError, StreamCut when the stream has to end. */
  expectOpen(): void {
    if (this.#ending) throw this.#ending;
  }

  /** Until it is woken or ended, at most so long. */
  async #wait(atMostMs?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#awake = resolve;
      if (atMostMs !== undefined) timer = setTimeout(resolve, atMostMs);
    });
    clearTimeout(timer);
    this.#awake = null;
  }

  [Symbol.dispose](): void {
    this.#parts.dispose();
  }
}
