import { findPrincipal, read, type Sql } from "@helpdesk/db";
import { type UserActor, permissionSet, toEpochMs } from "@helpdesk/domain";
import type { Runtime } from "../runtime.ts";
import { TtlCache } from "../ttl-cache.ts";
import type { AccessClaims, AccessTokens } from "./access-tokens.ts";

/** How long a revoked session, a changed role or a deactivated person may still pass on this process. */
const TTL_MS = 900;

/** Turns access tokens into actors, with the rights their role has now. */
export class Principals {
  readonly #cache: TtlCache<UserActor | null>;
  readonly #tokens: AccessTokens;
  readonly #sql: Sql;
  readonly #runtime: Runtime;

  constructor({ tokens, sql, runtime }: { tokens: AccessTokens; sql: Sql; runtime: Runtime }) {
    this.#tokens = tokens;
    this.#sql = sql;
    this.#runtime = runtime;
    this.#cache = new TtlCache({ ttlMs: TTL_MS, max: 10_000, nowMs: () => toEpochMs(runtime.now()) });
  }

  /** Null for a token that is forged or expired, a session that has ended, or a person who is deactivated. */
  actorOf(accessToken: string): Promise<UserActor | null> {
    return this.#cache.get(accessToken, () => this.#load(accessToken));
  }

  async #load(accessToken: string): Promise<UserActor | null> {
    const now = this.#runtime.now();
    const claims = await this.#tokens.claims(accessToken, now);
    return claims && this.actorOfSession(claims);
  }

  /** Null for a session that has ended, or a person who is deactivated. */
  async actorOfSession({ organizationId, userId, authSessionId }: AccessClaims): Promise<UserActor | null> {
    const now = this.#runtime.now();
    const row = await findPrincipal.first(read(this.#sql, organizationId), { authSessionId, userId, now });
    if (!row) return null;
    return {
      kind: "user",
      userId,
      organizationId,
      roleKey: row.roleKey,
      permissions: permissionSet(row.permissions),
      departmentIds: new Set(row.departmentIds),
      authSessionId,
    };
  }
}
