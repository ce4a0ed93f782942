import { tracked } from "@trpc/server";

/** The open streams of a test client, which a test pushes to. */
export class PushStreams {
  readonly #open = new Set<{ path: string; queue: unknown[]; wake: () => void; isOver: boolean }>();

  /** Opens a stream that ends with its caller, with what was there before the first push. */
  async *open(
    path: string,
    first: AsyncIterable<unknown> | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<unknown> {
    const stream = { path, queue: [] as unknown[], wake: () => {}, isOver: false };
    const end = () => ((stream.isOver = true), stream.wake());
    this.#open.add(stream);
    signal.addEventListener("abort", end);
    try {
      for await (const message of first ?? []) yield onWire(message);
      while (!stream.isOver || stream.queue.length > 0) {
        if (stream.queue.length > 0) yield onWire(stream.queue.shift());
        else await new Promise<void>((wake) => (stream.wake = wake));
      }
    } finally {
      signal.removeEventListener("abort", end);
      this.#open.delete(stream);
    }
  }

  /** How many are open. */
  count(path: string): number {
    return this.#of(path).length;
  }

  push(path: string, message: unknown): void {
    for (const stream of this.#of(path)) {
      stream.queue.push(message);
      stream.wake();
    }
  }

  #of(path: string) {
    return [...this.#open].filter((stream) => stream.path === path);
  }
}

/** A message with an id travels as one to resume from. */
function onWire(message: unknown): unknown {
  const { id, data } = (message ?? {}) as { id?: string; data?: unknown };
  return typeof id === "string" && data !== undefined ? tracked(id, data) : message;
}
