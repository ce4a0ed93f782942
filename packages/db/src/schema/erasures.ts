import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { identity, identityKey, instant, isHash, isObject, object, reference, rule } from "./columns.ts";
import { users } from "./users.ts";

/** A person who is being erased, or was. What they are found by stays with them until all else is done. */
export const erasures = pgTable(
  "erasures",
  {
    ...identity,
    userId: uuid("user_id").notNull(),
    /** Those who work here leave what they wrote to customers; customers do not. */
    isStaff: boolean("is_staff").notNull(),
    /** As they are called besides; nothing once it is done. */
    otherNames: text("other_names").array().notNull(),
    requestedById: uuid("requested_by_id").notNull(),
    requestedAt: instant("requested_at").notNull(),
    /** Of a salt that is not here, a blank and the address. */
    addressHash: text("address_hash").notNull(),
    /** What is done next, and after which key of its rows. */
    step: text("step").notNull(),
    afterKey: text("after_key"),
    /** Rows that were deleted or changed, by table. */
    counts: object<Record<string, number>>("counts").notNull().default({}),
    /** Not before then: now, or another attempt. */
    dueAt: instant("due_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    finishedAt: instant("finished_at"),
    receiptHash: text("receipt_hash"),
  },
  (t) => [
    identityKey("erasures_pkey", t),
    reference("erasures_user_fk", t, t.userId, users),
    reference("erasures_requested_by_fk", t, t.requestedById, users),
    unique("erasures_user_key").on(t.organizationId, t.userId),
    // What workers look for, over all organizations: few at any time.
    index("erasures_due_index").on(t.dueAt).where(sql.raw("finished_at is null")),
    isHash("erasures_hash_check", "address_hash"),
    rule("erasures_receipt_check", "receipt_hash ~ '^[0-9a-f]{64}$'"),
    rule("erasures_finished_check", "(finished_at is null) = (receipt_hash is null) and attempts >= 0"),
    rule("erasures_names_check", "finished_at is null or other_names = '{}'"),
    isObject("erasures_counts_check", "counts"),
  ],
);
