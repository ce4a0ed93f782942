import {
  type CallLimit,
  type Instant,
  type Spent,
  type Via,
  refuse,
  spendCall,
  toEpochMs,
} from "@helpdesk/domain";
import type { Env } from "../env.ts";

/** What calls are counted as: by what they cost, and those of nobody by their address. */
export type LimitKind = "reads" | "writes" | "costly" | "public" | "key";

/** What is left to a caller after a call, for headers. */
export interface LimitState extends Spent {
  kind: LimitKind;
  limit: CallLimit;
}

/** Callers that are remembered of a kind; of more, those who called first are forgotten. */
const MAX_CALLERS = 20_000;

/** Ten seconds of calls may come at once. */
const evenly = (perMinute: number): CallLimit => ({
  perMinute,
  burst: Math.max(1, Math.ceil(perMinute / 6)),
});

/** How many calls each caller may make, counted in this process. */
export class CallLimits {
  readonly #limits: Record<Exclude<LimitKind, "key">, CallLimit>;
  readonly #fullAtMs: Record<LimitKind, Map<string, number>> = {
    reads: new Map(),
    writes: new Map(),
    costly: new Map(),
    public: new Map(),
    key: new Map(),
  };

  constructor(env: Env) {
    this.#limits = {
      reads: evenly(env.LIMIT_READS_PER_MINUTE),
      writes: evenly(env.LIMIT_WRITES_PER_MINUTE),
      costly: evenly(env.LIMIT_COSTLY_PER_MINUTE),
      public: evenly(env.LIMIT_PUBLIC_PER_MINUTE),
    };
  }

  /** Counts a call. Null where there is no limit. @throws RefusalError `rate.limited`. */
  count(kind: Exclude<LimitKind, "key">, caller: string, now: Instant): LimitState | null {
    return this.#count(kind, this.#limits[kind], caller, now);
  }

  /** Counts a call by an API key that has a limit of its own: a minute's calls may come at once. @throws RefusalError `rate.limited`. */
  countKey({ apiKeyId, callsPerMinute }: Via, now: Instant): LimitState | null {
    const perMinute = callsPerMinute ?? 0;
    return this.#count("key", { perMinute, burst: perMinute }, apiKeyId, now);
  }

  #count(kind: LimitKind, limit: CallLimit, caller: string, now: Instant): LimitState | null {
    if (limit.perMinute === 0) return null;
    const known = this.#fullAtMs[kind];
    const spent = spendCall(limit, known.get(caller) ?? 0, toEpochMs(now));
    if (spent.retryAfterSeconds !== null)
      refuse({ code: "rate.limited", retryAfterSeconds: spent.retryAfterSeconds });
    known.set(caller, spent.fullAtMs);
    if (known.size > MAX_CALLERS) forgetSome(known, toEpochMs(now));
    return { ...spent, kind, limit };
  }
}

/** Those who may have everything again are as if they had never called; where there are none, the first half goes. */
function forgetSome(fullAtMs: Map<string, number>, nowMs: number): void {
  for (const [caller, atMs] of fullAtMs) if (atMs <= nowMs) fullAtMs.delete(caller);
  let excess = fullAtMs.size - MAX_CALLERS / 2;
  for (const caller of fullAtMs.keys()) if (excess-- > 0) fullAtMs.delete(caller);
}

/** `RateLimit` and `RateLimit-Policy` as the IETF's draft has them. */
export function limitHeaders({ kind, limit, remaining }: LimitState): Record<string, string> {
  const { perMinute, burst } = limit;
  const windowSeconds = Math.max(1, Math.round((burst * 60) / perMinute));
  const resetSeconds = Math.ceil(((burst - remaining) * 60) / perMinute);
  return {
    "ratelimit-policy": `"${kind}";q=${burst};w=${windowSeconds}`,
    ratelimit: `"${kind}";r=${remaining};t=${resetSeconds}`,
  };
}
