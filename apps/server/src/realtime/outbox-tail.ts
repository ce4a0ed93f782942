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

type OnEvents = (rows: readonly OutboxRow[]) => void;

/** Reads the outbox on and on, on a connection of its own, and hands over each event once, soon after it is committed. */
export class OutboxTail {
  readonly #databaseUrl: string;
  readonly #log: Logger;
  readonly #onEvents: OnEvents;
  readonly #stopping = new AbortController();
  #sql: Sql | null = null;
  #started: Promise<void> | null = null;
  #running: Promise<void> | null = null;
  #snapshot: Snapshot = "";

  constructor(databaseUrl: string, log: Logger, onEvents: OnEvents) {
    this.#databaseUrl = databaseUrl;
    this.#log = log;
    this.#onEvents = onEvents;
  }

  /** All that is committed after its answer is handed over. @throws Unavailable without a database. */
  start(): Promise<void> {
    this.#started ??= this.#begin().catch((error: unknown) => {
      this.#started = null;
      throw error;
    });
    return this.#started;
  }

  /** The moment up to which everything has been handed over. */
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

  /** A look that fails hands over nothing: the next one begins where it did. */
  async #look(): Promise<void> {
    const reader = read(this.#sql!, noOrganization);
    const since = this.#snapshot;
    const all: OutboxRow[] = [];
    let now: Snapshot | null = null;
    for (;;) {
      const last = all.at(-1);
      const page = await readOutbox(reader, {
        since,
        ...(last
          ? { until: now, afterTransactionId: last.transactionId, afterId: last.id }
          : outboxBeginning),
      });
      now ??= page[0]!.snapshot;
      const rows = page.filter(({ id }) => id !== null) as OutboxRow[];
      all.push(...rows);
      if (rows.length < outboxPage) break;
    }
    this.#snapshot = now;
    if (all.length > 0) this.#onEvents(all);
  }
}
