import { sql } from "drizzle-orm";
import type { Instant } from "@helpdesk/domain";
import { command, query } from "../statement.ts";

export interface StoredAnswer {
  requestHash: string;
  /** Encrypted: only who has the key can read it. */
  answer: Uint8Array;
}

/** Stores an answer unless the key has one that is not over; returns a row where it did. */
export const insertAnswer = command<
  StoredAnswer & { keyHash: string; at: Instant; expiresAt: Instant },
  { keyHash: string }
>(
  (p) => sql`
    insert into idempotency_keys as known (organization_id, key_hash, request_hash, answer, expires_at)
    values (${p.organizationId}, ${p.keyHash}, ${p.requestHash}, ${p.answer}, ${p.expiresAt})
    on conflict (organization_id, key_hash) do update set
      request_hash = excluded.request_hash, answer = excluded.answer, expires_at = excluded.expires_at
      where known.expires_at <= ${p.at}::timestamptz
    returning key_hash as "keyHash"`,
);

/** What was answered to a key that is not over. */
export const findAnswer = query<{ keyHash: string; at: Instant }, StoredAnswer>(
  (p) => sql`
    select request_hash as "requestHash", answer from idempotency_keys
    where organization_id = ${p.organizationId} and key_hash = ${p.keyHash} and expires_at > ${p.at}::timestamptz`,
);
