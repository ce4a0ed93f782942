import type { OutboxRow, Snapshot } from "@helpdesk/db";
import { refuse, type UserActor } from "@helpdesk/domain";
import type { Logger } from "pino";
import type { Env } from "../env.ts";
import type { Principals } from "../identity/principals.ts";
import type { Access } from "../trpc.ts";
import { Listening } from "./listening.ts";
import { OutboxTail } from "./outbox-tail.ts";
import { Standings } from "./standings.ts";
import { type Topic, Topics } from "./topics.ts";

/** Open streams of one person on one process, of one organization, and of all. */
const streamLimits = { perPerson: 100, perOrganization: 2_500, perProcess: 5_000 } as const;

/** The open streams of a process, and what wakes them. The outbox is looked at from the first of them on. */
export class Realtime {
  readonly topics = new Topics();
  readonly #tail: OutboxTail<Topic>;
  readonly #standings: Standings;
  readonly #open = new Set<Listening>();
  readonly #openBy = new Map<string, number>();
  #isClosing = false;

  constructor({ env, log, principals }: { env: Env; log: Logger; principals: Principals }) {
    this.#tail = new OutboxTail(env.DATABASE_URL, log, {
      topicsOf,
      wake: (topics) => this.topics.wake(topics),
    });
    this.#standings = new Standings(principals, log);
  }

  /** The moment up to which all that was committed has been told. */
  get snapshot(): Snapshot {
    return this.#tail.snapshot;
  }

  /** How many streams are open. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Opens a stream's ear: what is committed from now on wakes it, and it ends with its reader's rights.
   * @throws RefusalError `stream.limit_reached`.
   */
  async listen(
    { actor, access, signal }: { actor: UserActor; access: Access; signal: AbortSignal | undefined },
    topics: readonly Topic[],
  ): Promise<Listening> {
    const listening = new Listening(actor);
    this.#admit(listening);
    try {
      for (const topic of topics) listening.defer(this.topics.listen(topic, listening.wake));
      const cut = () => listening.cut();
      signal?.addEventListener("abort", cut);
      listening.defer(() => signal?.removeEventListener("abort", cut));
      if (this.#isClosing || signal?.aborted) cut();
      listening.defer(
        this.#standings.watch({
          get actor() {
            return listening.actor;
          },
          access,
          change: (changed) => listening.change(changed),
          end: (refusal) => listening.end(refusal),
        }),
      );
      await this.#tail.start();
      return listening;
    } catch (error) {
      listening[Symbol.dispose]();
      throw error;
    }
  }

  /** Ends all streams, so that their readers come back elsewhere. */
  cutAll(): void {
    for (const listening of this.#open) listening.cut();
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.cutAll();
    this.#standings.close();
    await this.#tail.close();
  }

  #admit(listening: Listening): void {
    const { userId, organizationId } = listening.actor;
    const limits = { [userId]: streamLimits.perPerson, [organizationId]: streamLimits.perOrganization };
    const openBy = (who: string) => this.#openBy.get(who) ?? 0;
    for (const [who, limit] of Object.entries(limits))
      if (openBy(who) >= limit) refuse({ code: "stream.limit_reached", limit });
    if (this.#open.size >= streamLimits.perProcess)
      refuse({ code: "stream.limit_reached", limit: streamLimits.perProcess });
    this.#open.add(listening);
    for (const who of Object.keys(limits)) this.#openBy.set(who, openBy(who) + 1);
    listening.defer(() => {
      this.#open.delete(listening);
      for (const who of Object.keys(limits)) {
        if (openBy(who) > 1) this.#openBy.set(who, openBy(who) - 1);
        else this.#openBy.delete(who);
      }
    });
  }
}

function topicsOf({ kind, organizationId, ticketId, sessionId, toldIds }: OutboxRow): Topic[] {
  const told = toldIds.map((userId): Topic => `told:${userId}`);
  if (sessionId !== null) return [...told, `session:${sessionId}`];
  if (ticketId === null) return told;
  if (kind === "presence_changed") return [`presence:${ticketId}`];
  // Who sees a ticket may change with any event of it.
  return [...told, `ticket:${ticketId}`, `presence:${ticketId}`, `tickets:${organizationId}`];
}
