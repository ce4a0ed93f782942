/** What a stream listens to: a ticket, who is at it, all tickets of an organization, what a person is told, a session. */
export type Topic = `${"ticket" | "presence" | "tickets" | "told" | "session"}:${string}`;

interface Known {
  version: number;
  listeners: Set<() => void>;
  /** What was read at this version, for all who listen. */
  read: Map<string, Promise<unknown>>;
}

/** Streams that look by the clock ask for ever other readings of a topic of which nothing is told. */
const MOST_READ = 20;

/**
 * What streams wait on. A topic carries no messages, only that there is something: each listener reads on from its own
 * cursor, so none holds up another or has a queue.
 */
export class Topics {
  readonly #known = new Map<Topic, Known>();

  /** Wakes those who listen to any of these. */
  wake(topics: Iterable<Topic>): void {
    for (const topic of topics) {
      const known = this.#known.get(topic);
      if (!known) continue;
      known.version++;
      known.read.clear();
      for (const listener of known.listeners) listener();
    }
  }

  /** Wakes everybody. */
  wakeAll(): void {
    this.wake(this.#known.keys());
  }

  /** Calls `listener` whenever there is something, until the function it returns is called. */
  listen(topic: Topic, listener: () => void): () => void {
    const known = this.#known.get(topic) ?? { version: 0, listeners: new Set(), read: new Map() };
    this.#known.set(topic, known);
    known.listeners.add(listener);
    return () => {
      known.listeners.delete(listener);
      if (known.listeners.size === 0) this.#known.delete(topic);
    };
  }

  /** Reads something once for all listeners of a topic that ask for it before the next thing happens. */
  shared<T>(topic: Topic, key: string, read: () => Promise<T>): Promise<T> {
    const known = this.#known.get(topic);
    if (!known) return read();
    const { version } = known;
    const reading = (known.read.get(key) as Promise<T> | undefined) ?? read();
    known.read.set(key, reading);
    if (known.read.size > MOST_READ) known.read.delete(known.read.keys().next().value!);
    // What failed is not kept, and what began before the next thing is not for those after it.
    reading.catch(() => known.version === version && known.read.delete(key));
    return reading;
  }
}
