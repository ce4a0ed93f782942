import { sql } from "drizzle-orm";
import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { type RetentionKind, retentionKinds } from "@helpdesk/domain";
import { instant, isObject, object, oneOf, ownerReference, reference, rule, tenant } from "./columns.ts";
import { organizations } from "./organizations.ts";
import { tags } from "./tags.ts";
import { users } from "./users.ts";

/** What an organization lets go by itself, after how many days. The row is the timer of the worker that does it. */
export const retentionRules = pgTable(
  "retention_rules",
  {
    ...tenant,
    kind: text("kind").$type<RetentionKind>().notNull(),
    /** Null: nothing goes. */
    keepDays: integer("keep_days"),
    /** Tickets with it are kept, whatever their age. */
    exceptTagId: uuid("except_tag_id"),
    setById: uuid("set_by_id").notNull(),
    setAt: instant("set_at").notNull(),
    version: integer("version").notNull().default(1),
    dueAt: instant("due_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    /** Of the run that is under way, by table. */
    counts: object<Record<string, number>>("counts").notNull().default({}),
    ranAt: instant("ran_at"),
    /** Of the last run that came to its end. */
    lastCounts: object<Record<string, number>>("last_counts").notNull().default({}),
  },
  (t) => [
    primaryKey({ name: "retention_rules_pkey", columns: [t.organizationId, t.kind] }),
    ownerReference("retention_rules_organization_fk", t, organizations),
    reference("retention_rules_set_by_fk", t, t.setById, users),
    reference("retention_rules_except_tag_fk", t, t.exceptTagId, tags),
    index("retention_rules_except_tag_index")
      .on(t.organizationId, t.exceptTagId)
      .where(sql.raw("except_tag_id is not null")),
    index("retention_rules_due_index").on(t.dueAt).where(sql.raw("keep_days is not null")),
    oneOf("retention_rules_kind_check", "kind", retentionKinds),
    rule("retention_rules_days_check", "keep_days between 1 and 36500"),
    rule("retention_rules_tag_check", "except_tag_id is null or kind in ('tickets', 'files')"),
    isObject("retention_rules_counts_check", "counts", "last_counts"),
  ],
);
