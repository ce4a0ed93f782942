import { index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import {
  authTokenPurposes,
  revocationReasons,
  type AuthTokenPurpose,
  type RevocationReason,
} from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isHash,
  oneOf,
  ownerReference,
  reference,
  rule,
  tenant,
} from "./columns.ts";
import { organizations } from "./organizations.ts";
import { users } from "./users.ts";

/** One sign-in on one device: the family of its refresh tokens. Revoking it ends them all. */
export const authSessions = pgTable(
  "auth_sessions",
  {
    ...identity,
    userId: uuid("user_id").notNull(),
    createdAt: instant("created_at").notNull(),
    lastUsedAt: instant("last_used_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    revokedAt: instant("revoked_at"),
    revokedReason: text("revoked_reason").$type<RevocationReason>(),
    userAgent: text("user_agent"),
    ipAddress: text("ip_address"),
  },
  (t) => [
    identityKey("auth_sessions_pkey", t),
    reference("auth_sessions_user_fk", t, t.userId, users, "cascade"),
    // "Sign out everywhere" and the list of one's devices.
    index("auth_sessions_user_index").on(t.organizationId, t.userId),
    // The sweep of what has expired, over all organizations.
    index("auth_sessions_expiry_index").on(t.expiresAt),
    oneOf("auth_sessions_revoked_reason_check", "revoked_reason", revocationReasons),
    rule("auth_sessions_revoked_check", "(revoked_at is null) = (revoked_reason is null)"),
    rule("auth_sessions_expiry_check", "expires_at > created_at"),
  ],
);

/** A single-use token, stored as its hash only. A second use revokes the session. */
export const refreshTokens = pgTable(
  "refresh_tokens",
  {
    ...identity,
    authSessionId: uuid("auth_session_id").notNull(),
    tokenHash: text("token_hash").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [
    identityKey("refresh_tokens_pkey", t),
    reference("refresh_tokens_auth_session_fk", t, t.authSessionId, authSessions, "cascade"),
    unique("refresh_tokens_token_hash_key").on(t.organizationId, t.tokenHash),
    index("refresh_tokens_auth_session_index").on(t.organizationId, t.authSessionId),
    isHash("refresh_tokens_token_hash_check", "token_hash"),
    rule("refresh_tokens_expiry_check", "expires_at > created_at"),
  ],
);

/** A link sent by mail. The hash is null until the worker makes the token and mails it. */
export const authTokens = pgTable(
  "auth_tokens",
  {
    ...identity,
    userId: uuid("user_id").notNull(),
    purpose: text("purpose").$type<AuthTokenPurpose>().notNull(),
    tokenHash: text("token_hash"),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
  },
  (t) => [
    identityKey("auth_tokens_pkey", t),
    reference("auth_tokens_user_fk", t, t.userId, users, "cascade"),
    unique("auth_tokens_token_hash_key").on(t.organizationId, t.tokenHash),
    index("auth_tokens_user_index").on(t.organizationId, t.userId, t.purpose),
    oneOf("auth_tokens_purpose_check", "purpose", authTokenPurposes),
    isHash("auth_tokens_token_hash_check", "token_hash"),
    rule("auth_tokens_expiry_check", "expires_at > created_at"),
  ],
);

/** Failed sign-ins of one subject (account or address, hashed) in its current window. */
export const signInAttempts = pgTable(
  "sign_in_attempts",
  {
    ...tenant,
    subjectHash: text("subject_hash").notNull(),
    failures: integer("failures").notNull(),
    windowStartedAt: instant("window_started_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "sign_in_attempts_pkey", columns: [t.organizationId, t.subjectHash] }),
    ownerReference("sign_in_attempts_organization_fk", t, organizations),
    // The sweep of windows that are over, over all organizations.
    index("sign_in_attempts_window_index").on(t.windowStartedAt),
    isHash("sign_in_attempts_subject_hash_check", "subject_hash"),
    rule("sign_in_attempts_failures_check", "failures >= 0"),
  ],
);
