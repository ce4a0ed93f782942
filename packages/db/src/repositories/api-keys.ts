import { type SQL, sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { departmentsOf, isoInJson } from "../sql.ts";
import { type Params, command, query } from "../statement.ts";

export interface PresentedKeyRow {
  /** All are null where the organization has no such secret, or one that has ended. */
  secretId: string | null;
  secretHash: string | null;
  ownerId: string | null;
  ownerPermissions: string[] | null;
  scopes: string[] | null;
  /** Its short name. */
  organization: string;
}

/** A live secret by the part of it that is no secret. No row where there is no such organization. */
export const findPresentedKey = query<{ prefix: string; now: Instant }, PresentedKeyRow>(
  (p) => sql`
    select s.id as "secretId", s.secret_hash as "secretHash", k.owner_id as "ownerId", k.scopes,
      r.permissions as "ownerPermissions", o.slug as organization
    from organizations o
    left join (api_key_secrets s
      join api_keys k on k.organization_id = ${p.organizationId} and k.id = s.api_key_id and k.revoked_at is null
      join users u on u.organization_id = ${p.organizationId} and u.id = k.owner_id and u.deactivated_at is null
      join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id)
      on s.organization_id = ${p.organizationId} and s.prefix = ${p.prefix} and s.expires_at > ${p.now}::timestamptz
    where o.id = ${p.organizationId}`,
);

export interface KeyPrincipalRow {
  apiKeyId: string;
  name: string;
  ownerId: string;
  ownerPermissions: string[];
  scopes: string[];
  callsPerMinute: number | null;
  lastUsedAt: Instant | null;
  userName: string;
  roleKey: string;
  permissions: string[];
  departmentIds: string[];
  isService: boolean;
}

/** What a live secret stands for as this person; no row where the key, its owner or the person is out. */
export const findKeyPrincipal = query<{ secretId: string; userId: string; now: Instant }, KeyPrincipalRow>(
  (p) => sql`
    select k.id as "apiKeyId", k.name, k.owner_id as "ownerId", w.permissions as "ownerPermissions", k.scopes,
      k.calls_per_minute as "callsPerMinute", s.last_used_at as "lastUsedAt", u.name as "userName",
      r.key as "roleKey", r.permissions, ${departmentsOf(p.organizationId)} as "departmentIds",
      u.is_service as "isService"
    from api_key_secrets s
    join api_keys k on k.organization_id = ${p.organizationId} and k.id = s.api_key_id and k.revoked_at is null
    join users o on o.organization_id = ${p.organizationId} and o.id = k.owner_id and o.deactivated_at is null
    join roles w on w.organization_id = ${p.organizationId} and w.id = o.role_id
    join users u on u.organization_id = ${p.organizationId} and u.id = ${p.userId} and u.deactivated_at is null
      and not u.is_simulated
    join roles r on r.organization_id = ${p.organizationId} and r.id = u.role_id
    where s.organization_id = ${p.organizationId} and s.id = ${p.secretId} and s.expires_at > ${p.now}::timestamptz`,
);

/** An active person by e-mail address, to act for. */
export const findSubject = query<{ email: string }, { id: string }>(
  (p) => sql`
    select id from users
    where organization_id = ${p.organizationId} and email = ${p.email} and deactivated_at is null and not is_simulated`,
);

/** An active person, whom a key might act as, and whether they are a service account; held against a deactivation meanwhile. */
export const findKeyOwner = command<{ userId: string }, { isService: boolean; departmentIds: string[] }>(
  (p) => sql`
    select u.is_service as "isService", ${departmentsOf(p.organizationId)} as "departmentIds" from users u
    where u.organization_id = ${p.organizationId} and u.id = ${p.userId}::uuid and u.deactivated_at is null
      and not u.is_simulated
    for share of u`,
);

/** Remembers that a secret is in use, where what is remembered is from before `before`. */
export const noteSecretUse = command<{ secretId: string; at: Instant; before: Instant }, never>(
  (p) => sql`
    update api_key_secrets set last_used_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.secretId}
      and (last_used_at is null or last_used_at < ${p.before}::timestamptz)`,
);

export interface ApiKeyRow {
  id: string;
  name: string;
  owner: { id: string; name: string; isService: boolean };
  scopes: string[];
  callsPerMinute: number | null;
  createdBy: { id: string; name: string };
  createdAt: Instant;
  updatedAt: Instant;
  revokedAt: Instant | null;
  version: number;
  /** The newest first: those that have not ended, and the newest five. */
  secrets: { prefix: string; createdAt: Instant; expiresAt: Instant; lastUsedAt: Instant | null }[];
}

type P = Params<{ now: Instant }>;

const keys = (p: P): SQL => sql`
  select k.id, k.name, jsonb_build_object('id', o.id, 'name', o.name, 'isService', o.is_service) as owner, k.scopes,
    k.calls_per_minute as "callsPerMinute", jsonb_build_object('id', c.id, 'name', c.name) as "createdBy",
    k.created_at as "createdAt", k.updated_at as "updatedAt", k.revoked_at as "revokedAt", k.version,
    (select jsonb_agg(jsonb_build_object('prefix', s.prefix, 'createdAt', ${isoInJson("s.created_at")},
        'expiresAt', ${isoInJson("s.expires_at")}, 'lastUsedAt', ${isoInJson("s.last_used_at")})
        order by s.created_at desc, s.id desc)
      from (select *, row_number() over (order by created_at desc, id desc) as place from api_key_secrets
        where organization_id = ${p.organizationId} and api_key_id = k.id) s
      where s.place <= 5 or s.expires_at > ${p.now}::timestamptz) as secrets
  from api_keys k
  join users o on o.organization_id = ${p.organizationId} and o.id = k.owner_id
  join users c on c.organization_id = ${p.organizationId} and c.id = k.created_by_id
  where k.organization_id = ${p.organizationId}`;

export const findApiKey = query<{ id: string; now: Instant }, ApiKeyRow>(
  (p) => sql`${keys(p)} and k.id = ${p.id}::uuid`,
);

/** A page of keys, the newest first: those revoked, too. */
export const listApiKeys = query<
  { limit: number; afterAt: Instant | null; afterId: string | null; now: Instant },
  ApiKeyRow
>(
  (p) => sql`
    ${keys(p)} and (${p.afterAt}::timestamptz is null or (k.created_at, k.id) < (${p.afterAt}::timestamptz, ${p.afterId}::uuid))
    order by k.created_at desc, k.id desc limit ${p.limit}::int`,
);

export interface LockedKey {
  id: string;
  ownerId: string;
  scopes: string[];
  revokedAt: Instant | null;
  version: number;
  updatedAt: Instant;
}

/** A key, locked against other changes of it. */
export const lockApiKey = command<{ id: string }, LockedKey>(
  (p) => sql`
    select id, owner_id as "ownerId", scopes, revoked_at as "revokedAt", version, updated_at as "updatedAt" from api_keys
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid for update`,
);

export interface NewApiKey {
  id: string;
  ownerId: string;
  name: string;
  /** A JSON array. */
  scopes: string;
  callsPerMinute: number | null;
  createdById: string;
  at: Instant;
}

const textArray = (json: SQL): SQL => sql`array(select jsonb_array_elements_text((${json}::text)::jsonb))`;

export const insertApiKey = command<NewApiKey, never>(
  (p) => sql`
    insert into api_keys (organization_id, id, owner_id, name, scopes, calls_per_minute, created_by_id, version, created_at, updated_at)
    select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.ownerId}::uuid, ${p.name}::text, ${textArray(sql`${p.scopes}`)},
      ${p.callsPerMinute}::int, ${p.createdById}::uuid, 1, ${p.at}::timestamptz, ${p.at}::timestamptz`,
);

export interface NewSecret {
  id: string;
  apiKeyId: string;
  prefix: string;
  secretHash: string;
  at: Instant;
  expiresAt: Instant;
}

export const insertSecret = command<NewSecret, never>(
  (p) => sql`
    insert into api_key_secrets (organization_id, id, api_key_id, prefix, secret_hash, created_at, expires_at)
    select ${p.organizationId}::uuid, ${p.id}::uuid, ${p.apiKeyId}::uuid, ${p.prefix}::text, ${p.secretHash}::text,
      ${p.at}::timestamptz, ${p.expiresAt}::timestamptz`,
);

/** Lets a key's secrets go on until an instant at most. */
export const endSecrets = command<{ apiKeyId: string; endsAt: Instant }, never>(
  (p) => sql`
    update api_key_secrets set expires_at = least(expires_at, greatest(created_at, ${p.endsAt}::timestamptz))
    where organization_id = ${p.organizationId} and api_key_id = ${p.apiKeyId}::uuid`,
);

/** `scopes` is a JSON array. */
export const updateApiKey = command<
  {
    id: string;
    name: string | null;
    scopes: string;
    setsLimit: boolean;
    callsPerMinute: number | null;
    at: Instant;
  },
  never
>(
  (p) => sql`
    update api_keys set name = coalesce(${p.name}::text, name), scopes = ${textArray(sql`${p.scopes}`)},
      calls_per_minute = case when ${p.setsLimit}::boolean then ${p.callsPerMinute}::int else calls_per_minute end,
      version = version + 1, updated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid`,
);

/** Counts a change that is not in the key's own row. */
export const touchApiKey = command<{ id: string; at: Instant }, never>(
  (p) => sql`
    update api_keys set version = version + 1, updated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid`,
);

export const revokeApiKey = command<{ id: string; at: Instant }, never>(
  (p) => sql`
    update api_keys set revoked_at = ${p.at}::timestamptz, version = version + 1, updated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and id = ${p.id}::uuid and revoked_at is null`,
);

/** Revokes the keys that act as a person. */
export const revokeApiKeysOf = command<{ ownerId: string; at: Instant }, never>(
  (p) => sql`
    update api_keys set revoked_at = ${p.at}::timestamptz, version = version + 1, updated_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and owner_id = ${p.ownerId}::uuid and revoked_at is null`,
);
