import { sql } from "drizzle-orm";
import type { Instant, RevocationReason } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export interface NewAuthSession {
  authSessionId: string;
  userId: string;
  /** The hash that the password was checked against: a session is never opened on one that was changed meanwhile. */
  passwordHash: string;
  refreshTokenId: string;
  tokenHash: string;
  at: Instant;
  expiresAt: Instant;
  userAgent: string | null;
  ipAddress: string | null;
  /** The account's counter of failed sign-ins, which starts again. */
  accountSubject: string;
}

/** Opens a session with its first refresh token. No row where the person is out or the password another by now. */
export const insertAuthSession = command<NewAuthSession, { userId: string }>(
  (p) => sql`
    with person as (
      update users set last_sign_in_at = ${p.at}::timestamptz
      where organization_id = ${p.organizationId} and id = ${p.userId}::uuid
        and deactivated_at is null and password_hash = ${p.passwordHash}
      returning id),
    attempts as (
      delete from sign_in_attempts
      where organization_id = ${p.organizationId} and subject_hash = ${p.accountSubject} and exists (select from person)),
    session as (
      insert into auth_sessions
        (organization_id, id, user_id, created_at, last_used_at, expires_at, user_agent, ip_address)
      select ${p.organizationId}::uuid, ${p.authSessionId}::uuid, person.id, ${p.at}::timestamptz, ${p.at}::timestamptz,
        ${p.expiresAt}::timestamptz, ${p.userAgent}::text, ${p.ipAddress}::text
      from person returning id, user_id)
    insert into refresh_tokens (organization_id, id, auth_session_id, token_hash, created_at, expires_at)
    select ${p.organizationId}::uuid, ${p.refreshTokenId}::uuid, session.id, ${p.tokenHash}::text,
      ${p.at}::timestamptz, ${p.expiresAt}::timestamptz
    from session returning (select user_id from session) as "userId"`,
);

export interface Rotation {
  tokenHash: string;
  at: Instant;
  successorId: string;
  successorHash: string;
}

/** Uses a refresh token up and writes its successor: one statement, so that of any number at once one gets a row. */
export const rotateRefreshToken = command<Rotation, { authSessionId: string; userId: string }>(
  (p) => sql`
    with used as (
      update refresh_tokens set used_at = ${p.at}::timestamptz
      where organization_id = ${p.organizationId} and token_hash = ${p.tokenHash}
        and used_at is null and expires_at > ${p.at}::timestamptz
      returning auth_session_id),
    session as (
      update auth_sessions s set last_used_at = ${p.at}::timestamptz
      from used, users u
      where s.organization_id = ${p.organizationId} and s.id = used.auth_session_id
        and s.revoked_at is null and s.expires_at > ${p.at}::timestamptz
        and u.organization_id = ${p.organizationId} and u.id = s.user_id and u.deactivated_at is null
      returning s.id, s.user_id, s.expires_at),
    successor as (
      insert into refresh_tokens (organization_id, id, auth_session_id, token_hash, created_at, expires_at)
      select ${p.organizationId}::uuid, ${p.successorId}::uuid, session.id, ${p.successorHash}::text,
        ${p.at}::timestamptz, session.expires_at
      from session)
    select id as "authSessionId", user_id as "userId" from session`,
);

/** The session of a used refresh token whose successor, known by its hash, waits for its first use. */
export const findWaitingSuccessor = query<
  { tokenHash: string; successorHash: string; at: Instant },
  { authSessionId: string; userId: string }
>(
  (p) => sql`
    select s.id as "authSessionId", s.user_id as "userId"
    from refresh_tokens used
    join refresh_tokens successor on successor.organization_id = ${p.organizationId}
      and successor.auth_session_id = used.auth_session_id and successor.token_hash = ${p.successorHash}
    join auth_sessions s on s.organization_id = ${p.organizationId} and s.id = used.auth_session_id
    join users u on u.organization_id = ${p.organizationId} and u.id = s.user_id
    where used.organization_id = ${p.organizationId} and used.token_hash = ${p.tokenHash}
      and used.used_at is not null and successor.used_at is null
      and successor.expires_at > ${p.at}::timestamptz and s.expires_at > ${p.at}::timestamptz
      and s.revoked_at is null and u.deactivated_at is null`,
);

/** Ends the session of a refresh token that was used before. */
export const revokeReused = command<{ tokenHash: string; at: Instant }, { id: string }>(
  (p) => sql`
    update auth_sessions set revoked_at = ${p.at}::timestamptz, revoked_reason = 'token_reused'
    where organization_id = ${p.organizationId} and revoked_at is null
      and id = (select auth_session_id from refresh_tokens
        where organization_id = ${p.organizationId} and token_hash = ${p.tokenHash} and used_at is not null)
    returning id`,
);

export const revokeAuthSession = command<
  { authSessionId: string; at: Instant; reason: RevocationReason },
  never
>(
  (p) => sql`
    update auth_sessions set revoked_at = ${p.at}::timestamptz, revoked_reason = ${p.reason}
    where organization_id = ${p.organizationId} and id = ${p.authSessionId} and revoked_at is null`,
);

/** Ends the sessions of a person, all or all but one. */
export const revokeAuthSessions = command<
  { userId: string; exceptId: string | null; at: Instant; reason: RevocationReason },
  never
>(
  (p) => sql`
    update auth_sessions set revoked_at = ${p.at}::timestamptz, revoked_reason = ${p.reason}
    where organization_id = ${p.organizationId} and user_id = ${p.userId} and revoked_at is null
      and id is distinct from ${p.exceptId}::uuid`,
);

export interface AuthSessionRow {
  id: string;
  createdAt: Instant;
  lastUsedAt: Instant;
  expiresAt: Instant;
  userAgent: string | null;
  ipAddress: string | null;
}

/** The live sessions of a person, the last used first; a hundred at most. */
export const listAuthSessions = query<{ userId: string; at: Instant }, AuthSessionRow>(
  (p) => sql`
    select id, created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt",
      user_agent as "userAgent", ip_address as "ipAddress"
    from auth_sessions
    where organization_id = ${p.organizationId} and user_id = ${p.userId}
      and revoked_at is null and expires_at > ${p.at}::timestamptz
    order by last_used_at desc, id limit 100`,
);
