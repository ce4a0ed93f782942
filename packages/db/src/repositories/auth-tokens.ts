import { sql } from "drizzle-orm";
import type { AuthTokenPurpose, Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export interface NewAuthToken {
  id: string;
  userId: string;
  purpose: AuthTokenPurpose;
  at: Instant;
  expiresAt: Instant;
}

/** A link to be mailed, in place of those of its kind that are still open. Its hash comes with the mail. */
export const insertAuthToken = command<NewAuthToken, never>(
  (p) => sql`
    with replaced as (
      delete from auth_tokens
      where organization_id = ${p.organizationId} and user_id = ${p.userId}::uuid and purpose = ${p.purpose}::text
        and used_at is null)
    insert into auth_tokens (organization_id, id, user_id, purpose, created_at, expires_at)
    values (${p.organizationId}, ${p.id}, ${p.userId}, ${p.purpose}, ${p.at}, ${p.expiresAt})`,
);

export interface IssuedAuthToken {
  purpose: AuthTokenPurpose;
  expiresAt: Instant;
  email: string;
  name: string;
  organizationName: string;
}

/** Gives an open link the hash of the token that is about to be mailed. No row where it is used, replaced or over. */
export const issueAuthToken = command<{ id: string; tokenHash: string; at: Instant }, IssuedAuthToken>(
  (p) => sql`
    update auth_tokens t set token_hash = ${p.tokenHash}
    from users u, organizations o
    where t.organization_id = ${p.organizationId} and t.id = ${p.id}
      and t.used_at is null and t.expires_at > ${p.at}::timestamptz
      and u.organization_id = ${p.organizationId} and u.id = t.user_id and u.deactivated_at is null
      and o.id = ${p.organizationId}
    returning t.purpose, t.expires_at as "expiresAt", u.email, u.name, o.name as "organizationName"`,
);

interface Presented {
  tokenHash: string;
  purpose: AuthTokenPurpose;
  at: Instant;
}

export interface TokenOwner {
  userId: string;
  email: string;
  name: string;
  organizationSlug: string;
  organizationName: string;
}

/** Whose open link this is. */
export const findAuthToken = query<Presented, TokenOwner>(
  (p) => sql`
    select t.user_id as "userId", u.email, u.name, o.slug as "organizationSlug", o.name as "organizationName"
    from auth_tokens t
    join users u on u.organization_id = ${p.organizationId} and u.id = t.user_id
    join organizations o on o.id = ${p.organizationId}
    where t.organization_id = ${p.organizationId} and t.token_hash = ${p.tokenHash} and t.purpose = ${p.purpose}
      and t.used_at is null and t.expires_at > ${p.at}::timestamptz and u.deactivated_at is null`,
);

/** Uses an open link up: of any number at once one gets a row. */
export const useAuthToken = command<Presented, { userId: string }>(
  (p) => sql`
    update auth_tokens set used_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and token_hash = ${p.tokenHash} and purpose = ${p.purpose}
      and used_at is null and expires_at > ${p.at}::timestamptz
    returning user_id as "userId"`,
);

/** Closes every open link that could set a person's password. */
export const closePasswordLinks = command<{ userId: string; at: Instant }, never>(
  (p) => sql`
    update auth_tokens set used_at = ${p.at}::timestamptz
    where organization_id = ${p.organizationId} and user_id = ${p.userId} and used_at is null
      and purpose in ('reset_password', 'accept_invitation')`,
);
