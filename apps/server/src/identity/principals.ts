import {
  type KeyPrincipalRow,
  type PrincipalRow,
  type Sql,
  findKeyPrincipal,
  findPrincipal,
  findPrincipalsBehind,
  noOrganization,
  noteSecretUse,
  noteSecretUses,
  read,
  transact,
} from "@helpdesk/db";
import {
  type Instant,
  type UserActor,
  permissionSet,
  plusSeconds,
  rightsByKey,
  toEpochMs,
} from "@helpdesk/domain";
import type { Runtime } from "../runtime.ts";
import { TtlCache } from "../ttl-cache.ts";
import type { AccessClaims, AccessTokens } from "./access-tokens.ts";

/** How long a revoked session or key, a changed role or a deactivated person may still pass on this process. */
const TTL_MS = 900;

/** How old the last use of a key's secret may be before it is written anew. */
const USE_SECONDS = 60;

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

  /** Null for a token that is forged or expired, a session or key that has ended, or a person who is deactivated. */
  actorOf(accessToken: string): Promise<UserActor | null> {
    return this.#cache.get(accessToken, () => this.#load(accessToken));
  }

  async #load(accessToken: string): Promise<UserActor | null> {
    const now = this.#runtime.now();
    const claims = await this.#tokens.claims(accessToken, now);
    return claims && this.actorBehind(claims);
  }

  /** Null for a session or key that has ended or may no longer act as this person, or a person who is deactivated. */
  async actorBehind({ organizationId, userId, authSessionId, via }: AccessClaims): Promise<UserActor | null> {
    const now = this.#runtime.now();
    if (via) return this.#actorByKey({ organizationId, userId, secretId: via.secretId }, now);
    if (authSessionId === null) return null;
    const row = await findPrincipal.first(read(this.#sql, organizationId), { authSessionId, userId, now });
    return row ? bySession({ organizationId, userId, authSessionId }, row) : null;
  }

  /** `actorBehind` of many, in their order and by one statement. */
  async actorsBehind(all: readonly AccessClaims[]): Promise<(UserActor | null)[]> {
    const now = this.#runtime.now();
    const credentials = all.map(({ organizationId, userId, authSessionId, via }) => ({
      organizationId,
      userId,
      authSessionId: via ? null : authSessionId,
      secretId: via?.secretId ?? null,
    }));
    const rows = await findPrincipalsBehind(read(this.#sql, noOrganization), {
      credentials: JSON.stringify(credentials),
      now,
    });
    const before = plusSeconds(now, -USE_SECONDS);
    const used = rows.filter((row) => row.secretId !== null && isBefore(row.lastUsedAt, before));
    if (used.length > 0) {
      const secrets = JSON.stringify(used.map(({ place }) => credentials[place - 1]));
      await transact(this.#sql, noOrganization, (unit) => noteSecretUses(unit, { secrets, at: now, before }));
    }
    const byPlace = new Map(rows.map((row) => [row.place, row]));
    return credentials.map(({ secretId, ...credential }, i) => {
      const row = byPlace.get(i + 1);
      if (!row) return null;
      return secretId === null ? bySession(credential, row) : byKey({ ...credential, secretId }, row);
    });
  }

  async #actorByKey(key: KeyCredential, now: Instant): Promise<UserActor | null> {
    const { organizationId, userId, secretId } = key;
    const row = await findKeyPrincipal.first(read(this.#sql, organizationId), { secretId, userId, now });
    const actor = row ? byKey(key, row) : null;
    const before = plusSeconds(now, -USE_SECONDS);
    if (actor && isBefore(row!.lastUsedAt, before))
      await transact(this.#sql, organizationId, (unit) => noteSecretUse(unit, { secretId, at: now, before }));
    return actor;
  }
}

type SessionCredential = Pick<UserActor, "organizationId" | "userId" | "authSessionId">;
type KeyCredential = Pick<UserActor, "organizationId" | "userId"> & { secretId: string };

const isBefore = (at: Instant | null, before: Instant): boolean => at === null || at < before;

const bySession = (
  { organizationId, userId, authSessionId }: SessionCredential,
  { roleKey, permissions, departmentIds }: PrincipalRow,
): UserActor => ({
  kind: "user",
  userId,
  organizationId,
  roleKey,
  permissions: permissionSet(permissions),
  departmentIds: new Set(departmentIds),
  authSessionId,
  via: null,
});

/** Null where the key may not act as this person. */
function byKey(
  { organizationId, userId, secretId }: KeyCredential,
  row: Omit<KeyPrincipalRow, "userName">,
): UserActor | null {
  const permissions = rightsByKey(
    {
      ownerId: row.ownerId,
      ownerPermissions: permissionSet(row.ownerPermissions),
      scopes: permissionSet(row.scopes),
    },
    { id: userId, permissions: permissionSet(row.permissions), isService: row.isService },
  );
  if (!permissions) return null;
  const { apiKeyId, name, ownerId, callsPerMinute } = row;
  return {
    kind: "user",
    userId,
    organizationId,
    roleKey: row.roleKey,
    permissions,
    departmentIds: new Set(row.departmentIds),
    authSessionId: null,
    via: { apiKeyId, secretId, name, ownerId, callsPerMinute },
  };
}
