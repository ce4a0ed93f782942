import { type LockedKey, type Unit, lockApiKey } from "@helpdesk/db";
import {
  type Permission,
  expectInPerson,
  expectScopesWithin,
  expectVersion,
  permissionSet,
  refuse,
} from "@helpdesk/domain";
import type { Context } from "../context.ts";
import { situateActor } from "../identity/situate-people.ts";

/**
 * Locks whoever changes a key, then the key. To revoke one that may more than they is open to all who manage keys: it may
 * have leaked.
 * @throws RefusalError `auth.session_required`, `api_key.not_found`, `api_key.exceeds_own` for a key that may more than they, `api_key.revoked`, `version.conflict`.
 */
export async function situateKey(
  ctx: Context,
  unit: Unit,
  { apiKeyId, version }: { apiKeyId: string; version: number },
  { revokes = false } = {},
): Promise<{ key: LockedKey; own: ReadonlySet<Permission> }> {
  expectInPerson(ctx.actor);
  const { permissions: own } = await situateActor(ctx, unit);
  const key = (await lockApiKey.first(unit, { id: apiKeyId })) ?? refuse({ code: "api_key.not_found" });
  if (!revokes) expectScopesWithin(own, permissionSet(key.scopes));
  if (key.revokedAt !== null) refuse({ code: "api_key.revoked" });
  expectVersion(key, version);
  return { key, own };
}
