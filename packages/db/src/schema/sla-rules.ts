import type { BusinessCalendar, SlaPolicy } from "@helpdesk/domain";
import { integer, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { instant, isObject, object, ownerReference, rule, tenant } from "./columns.ts";
import { organizations } from "./organizations.ts";

/** The policies, calendars and departments' calendars that became otherwise, as they are from then on. */
export interface LoggedRules {
  policies: SlaPolicy[];
  calendars: (BusinessCalendar & { id: string; version: number })[];
  departments: { id: string; calendarId: string | null }[];
}

/**
 * Append-only: what clocks count by, numbered without gaps per organization. Its first entry has all there was, each
 * other what was edited; both are written in the transaction of the edit.
 */
export const slaRules = pgTable(
  "sla_rules",
  {
    ...tenant,
    version: integer("version").notNull(),
    at: instant("at").notNull(),
    rules: object<LoggedRules>("rules").notNull(),
  },
  (t) => [
    primaryKey({ name: "sla_rules_pkey", columns: [t.organizationId, t.version] }),
    ownerReference("sla_rules_organization_fk", t, organizations),
    rule("sla_rules_version_check", "version > 0"),
    isObject("sla_rules_rules_check", "rules"),
  ],
);
