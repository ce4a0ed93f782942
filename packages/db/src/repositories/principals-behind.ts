import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { departmentsOf } from "../sql.ts";
import { globalCommand, globalQuery } from "../statement.ts";
import type { KeyPrincipalRow } from "./api-keys.ts";
import type { PrincipalRow } from "./principals.ts";

export interface Behind {
  /** JSON: `{organizationId, userId, authSessionId, secretId}` of each, of the last two one and null. */
  credentials: string;
  now: Instant;
}

/** As the principal of a key where `secretId` is not null, and of a sign-in where it is. */
export interface BehindRow extends PrincipalRow, Omit<KeyPrincipalRow, "userName"> {
  /** Where it stands among those asked for, from 1. */
  place: number;
  secretId: string | null;
}

/**
 * Over all organizations, for many at once: what `findPrincipal` and `findKeyPrincipal` say of each. No row for those
 * whose sign-in, key or person is out.
 */
export const findPrincipalsBehind = globalQuery<Behind, BehindRow>(
  (p) => sql`
    select a.place::int as place, s.id as "secretId", r.key as "roleKey", r.permissions,
      ${departmentsOf(sql`a.organization_id`)} as "departmentIds", u.is_service as "isService",
      k.id as "apiKeyId", k.name, k.owner_id as "ownerId", w.permissions as "ownerPermissions", k.scopes,
      k.calls_per_minute as "callsPerMinute", s.last_used_at as "lastUsedAt"
    from rows from (jsonb_to_recordset(${p.credentials}::text::jsonb)
      as ("organizationId" uuid, "userId" uuid, "authSessionId" uuid, "secretId" uuid))
      with ordinality as a (organization_id, user_id, auth_session_id, secret_id, place)
    join users u on u.organization_id = a.organization_id and u.id = a.user_id and u.deactivated_at is null
    join roles r on r.organization_id = a.organization_id and r.id = u.role_id
    left join auth_sessions t on t.organization_id = a.organization_id and t.id = a.auth_session_id
      and t.user_id = a.user_id and t.revoked_at is null and t.expires_at > ${p.now}::timestamptz
    left join (api_key_secrets s
      join api_keys k on k.organization_id = s.organization_id and k.id = s.api_key_id and k.revoked_at is null
      join users o on o.organization_id = s.organization_id and o.id = k.owner_id and o.deactivated_at is null
      join roles w on w.organization_id = s.organization_id and w.id = o.role_id)
      on s.organization_id = a.organization_id and s.id = a.secret_id and s.expires_at > ${p.now}::timestamptz
      and not u.is_simulated
    where t.id is not null or s.id is not null`,
);

/** Remembers that these secrets are in use, where what is remembered is from before `before`. */
export const noteSecretUses = globalCommand<{ secrets: string; at: Instant; before: Instant }, never>(
  (p) => sql`
    update api_key_secrets s set last_used_at = ${p.at}::timestamptz
    from jsonb_to_recordset(${p.secrets}::text::jsonb) as a ("organizationId" uuid, "secretId" uuid)
    where s.organization_id = a."organizationId" and s.id = a."secretId"
      and (s.last_used_at is null or s.last_used_at < ${p.before}::timestamptz)`,
);
