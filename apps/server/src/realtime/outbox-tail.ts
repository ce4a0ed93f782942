import { setTimeout as wait } from "node:timers/promises";
import {
  type OutboxRow,
  type Snapshot,
  type Sql,
  connect,
  findSnapshot,
  noOrganization,
  outboxBeginning,
  outboxPage,
  read,
  readOutbox,
} from "@helpdesk/db";
import type { Logger } from "pino";

/** Between two looks: nobody is told later than that of what is committed. */
const LOOK_EVERY_MS = 40;
/** After a look that failed. */
const FAILED_MS = 250;

/** Whose events they are, and what is to be done once all up to a moment are known. */
interface Listener<Topic> {
  topicsOf(row: OutboxRow): readonly Topic[];
  wake(topics: ReadonlySet<Topic>): void;
}

/** Reads the outbox on and on, on a connection of its own, and wakes whom events are for soon after they are committed. */
export class OutboxTail<Topic> {
  readonly #databaseUrl: string;
  readonly #log: Logger;
  readonly #listener: Listener<Topic>;
  readonly #stopping = new AbortController();
  #sql: Sql | null = null;
  #started: Promise<void> | null = null;
  #running: Promise<void> | null = null;
  #snapshot: Snapshot = "";

  constructor(databaseUrl: string, log: Logger, listener: Listener<Topic>) {
    this.#databaseUrl = databaseUrl;
    this.#log = log;
    this.#listener = listener;
  }

  /** All that is committed after its answer wakes whom it is for. @throws Unavailable without a database. */
  start(): Promise<void> {
    this.#started ??= this.#begin().catch((error: unknown) => {
      this.#started = null;
      throw error;
    });
    return this.#started;
  }

  /** The moment up to which everything has been told. */
  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#sql?.end({ timeout: 1 });
  }

  async #begin(): Promise<void> {
    this.#sql ??= connect({ url: this.#databaseUrl, max: 1, applicationName: "helpdesk-realtime" });
    this.#snapshot = (await findSnapshot.first(read(this.#sql, noOrganization)))!.snapshot;
    this.#running = this.#run();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const pauseMs = await this.#look().then(
        () => LOOK_EVERY_MS,
        (error: unknown) => {
          if (!signal.aborted) this.#log.error({ err: error }, "outbox");
          return FAILED_MS;
        },
      );
      await wait(pauseMs, undefined, { signal }).catch(() => {});
    }
  }

  /** A look that fails wakes nobody: the next one begins where it did. Of a long backlog only the topics are kept. */
  async #look(): Promise<void> {
    const reader = read(this.#sql!, noOrganization);
    const since = this.#snapshot;
    const topics = new Set<Topic>();
    let now: Snapshot | null = null;
    for (let last: OutboxRow | undefined; ;) {
      const page = await readOutbox(reader, {
        since,
        ...(last
          ? { until: now, afterTransactionId: last.transactionId, afterId: last.id }
          : outboxBeginning),
      });
      now ??= page[0]!.snapshot;
      const rows = page.filter(({ id }) => id !== null) as OutboxRow[];
      for (const topic of rows.flatMap(this.#listener.topicsOf)) topics.add(topic);
      last = rows.at(-1);
      if (rows.length < outboxPage) break;
    }
    // Who is woken reads up to here.
    this.#snapshot = now;
    if (topics.size > 0) this.#listener.wake(topics);
  }
}
