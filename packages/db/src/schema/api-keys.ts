import { index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { textLimits } from "@helpdesk/domain";
import { identity, identityKey, instant, isHash, isText, mutable, reference, rule } from "./columns.ts";
import { users } from "./users.ts";

/** What a service calls with: it acts as its owner, within its scopes. Revoked, never deleted: history names it. */
export const apiKeys = pgTable(
  "api_keys",
  {
    ...identity,
    /** Whom it acts as: a service account, or the person who made it. */
    ownerId: uuid("owner_id").notNull(),
    name: text("name").notNull(),
    /** Permissions. */
    scopes: text("scopes").array().notNull(),
    /** Its own limit; null where the general one holds. */
    callsPerMinute: integer("calls_per_minute"),
    createdById: uuid("created_by_id").notNull(),
    revokedAt: instant("revoked_at"),
    ...mutable,
  },
  (t) => [
    identityKey("api_keys_pkey", t),
    reference("api_keys_owner_fk", t, t.ownerId, users),
    reference("api_keys_created_by_fk", t, t.createdById, users),
    // Whose keys end when somebody is put out.
    index("api_keys_owner_index").on(t.organizationId, t.ownerId),
    isText("api_keys_name_check", "name", textLimits.name),
    rule("api_keys_calls_check", "calls_per_minute > 0"),
  ],
);

/** A key's secret, stored as its hash. There are two while it is rotated; `prefix` is the part that may be shown. */
export const apiKeySecrets = pgTable(
  "api_key_secrets",
  {
    ...identity,
    apiKeyId: uuid("api_key_id").notNull(),
    prefix: text("prefix").notNull(),
    secretHash: text("secret_hash").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    /** At most a minute behind. */
    lastUsedAt: instant("last_used_at"),
  },
  (t) => [
    identityKey("api_key_secrets_pkey", t),
    reference("api_key_secrets_api_key_fk", t, t.apiKeyId, apiKeys, "cascade"),
    // What a presented key is found by.
    unique("api_key_secrets_prefix_key").on(t.organizationId, t.prefix),
    index("api_key_secrets_api_key_index").on(t.organizationId, t.apiKeyId),
    isHash("api_key_secrets_secret_hash_check", "secret_hash"),
    rule("api_key_secrets_prefix_check", "prefix ~ '^[0-9A-Za-z]{10}$'"),
    rule("api_key_secrets_expiry_check", "expires_at >= created_at"),
  ],
);
