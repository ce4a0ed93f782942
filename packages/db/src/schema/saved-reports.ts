import { pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { textLimits } from "@helpdesk/domain";
import {
  identity,
  identityKey,
  isObject,
  isText,
  mutable,
  object,
  ownerReference,
  reference,
  rule,
} from "./columns.ts";
import { departments } from "./departments.ts";
import { organizations } from "./organizations.ts";
import { users } from "./users.ts";

/** A report's definition by name: the owner's own, a department's, or everybody's where it has neither. */
export const savedReports = pgTable(
  "saved_reports",
  {
    ...identity,
    name: text("name").notNull(),
    ownerId: uuid("owner_id"),
    departmentId: uuid("department_id"),
    definition: object<Record<string, unknown>>("definition").notNull(),
    ...mutable,
  },
  (t) => [
    identityKey("saved_reports_pkey", t),
    ownerReference("saved_reports_organization_fk", t, organizations),
    reference("saved_reports_owner_fk", t, t.ownerId, users, "cascade"),
    reference("saved_reports_department_fk", t, t.departmentId, departments),
    unique("saved_reports_name_key")
      .on(t.organizationId, t.ownerId, t.departmentId, t.name)
      .nullsNotDistinct(),
    isText("saved_reports_name_check", "name", textLimits.name),
    isObject("saved_reports_definition_check", "definition"),
    rule("saved_reports_reach_check", "owner_id is null or department_id is null"),
  ],
);
