import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { bytes, instant, isHash, ownerReference, tenant } from "./columns.ts";
import { organizations } from "./organizations.ts";

/** The first answer to a key, given again to the same request. Neither key, request nor answer can be read from it. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    ...tenant,
    /** Of the caller and the key: keys of two callers never meet. */
    keyHash: text("key_hash").notNull(),
    /** Of the procedure and its input, by a secret that the key is a part of: what was in it cannot be tried out. */
    requestHash: text("request_hash").notNull(),
    /** Encrypted by such a secret. */
    answer: bytes("answer").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ name: "idempotency_keys_pkey", columns: [t.organizationId, t.keyHash] }),
    ownerReference("idempotency_keys_organization_fk", t, organizations),
    index("idempotency_keys_expiry_index").on(t.expiresAt),
    isHash("idempotency_keys_hash_check", "key_hash", "request_hash"),
  ],
);
