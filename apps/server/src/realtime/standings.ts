import { type Refusal, type UserActor, may } from "@helpdesk/domain";
import type { Access } from "../trpc.ts";
import type { Principals } from "../identity/principals.ts";
import type { Logger } from "pino";

/** How long after the last look rights are looked at again: a second is promised. */
const LOOK_EVERY_MS = 400;

/** Somebody who listens, and what has to stay true for that. */
export interface Standing {
  readonly actor: UserActor;
  readonly access: Access;
  /** Told when their rights are others, though still enough. */
  change(actor: UserActor): void;
  /** Told once they are not. */
  end(refusal: Refusal): void;
}

/** The refusal of whoever has none of these rights; null for those who have one. */
function objection(actor: UserActor, access: Access): Refusal | null {
  const anyOf = typeof access === "string" ? [access] : access;
  const [first] = anyOf;
  if (first === "signed_in" || anyOf.some((each) => each !== "signed_in" && may(actor, each))) return null;
  return { code: "permission.denied", permission: first };
}

/** Looks again and again at the rights of those whose streams are open: one statement for all of them. */
export class Standings {
  readonly #principals: Principals;
  readonly #log: Logger;
  readonly #known = new Map<string, Set<Standing>>();
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(principals: Principals, log: Logger) {
    this.#principals = principals;
    this.#log = log;
  }

  /** Until the function it returns is called. */
  watch(standing: Standing): () => void {
    const key = keyOf(standing.actor);
    const known = this.#known.get(key) ?? new Set();
    this.#known.set(key, known.add(standing));
    if (this.#timer === null) this.#lookLater();
    return () => {
      known.delete(standing);
      if (known.size === 0 && this.#known.get(key) === known) this.#known.delete(key);
    };
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer ?? undefined);
  }

  async #look(): Promise<void> {
    const all = Array.from(this.#known.values()).filter(({ size }) => size > 0);
    try {
      const actors = await this.#principals.actorsBehind(all.map((standings) => firstOf(standings).actor));
      for (const [i, standings] of all.entries())
        for (const standing of standings) tell(standing, actors[i]!);
    } catch (error) {
      // Without a database nothing is told to anybody either.
      if (!this.#isClosed) this.#log.error({ err: error }, "rights of streams");
    }
    if (this.#known.size > 0 && !this.#isClosed) this.#lookLater();
    else this.#timer = null;
  }

  #lookLater(): void {
    this.#timer = setTimeout(() => void this.#look(), LOOK_EVERY_MS).unref();
  }
}

const firstOf = ([first]: Iterable<Standing>): Standing => first!;

const keyOf = ({ userId, authSessionId, via }: UserActor): string =>
  `${userId} ${authSessionId ?? via?.secretId}`;

function tell(standing: Standing, actor: UserActor | null): void {
  const refusal = actor === null ? { code: "auth.required" as const } : objection(actor, standing.access);
  if (refusal) standing.end(refusal);
  else if (!isSame(actor!, standing.actor)) standing.change(actor!);
}

const isSame = (a: UserActor, b: UserActor): boolean =>
  a.roleKey === b.roleKey &&
  isEqual(a.permissions, b.permissions) &&
  isEqual(a.departmentIds, b.departmentIds);

const isEqual = (a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): boolean =>
  a.size === b.size && a.isSubsetOf(b);
