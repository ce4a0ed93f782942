import { index, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { textLimits } from "@helpdesk/domain";
import { businessCalendars } from "./calendars.ts";
import {
  identity,
  identityKey,
  instant,
  isText,
  mutable,
  ownerReference,
  reference,
  tenant,
} from "./columns.ts";
import { organizations } from "./organizations.ts";
import { users } from "./users.ts";

export const departments = pgTable(
  "departments",
  {
    ...identity,
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    managerId: uuid("manager_id"),
    calendarId: uuid("calendar_id"),
    archivedAt: instant("archived_at"),
    ...mutable,
  },
  (t) => [
    identityKey("departments_pkey", t),
    ownerReference("departments_organization_fk", t, organizations),
    reference("departments_manager_fk", t, t.managerId, users),
    reference("departments_calendar_fk", t, t.calendarId, businessCalendars),
    unique("departments_name_key").on(t.organizationId, t.name),
    // "Which departments do I manage" is part of every manager's permissions.
    index("departments_manager_index").on(t.organizationId, t.managerId),
    isText("departments_name_check", "name", textLimits.name),
  ],
);

export const departmentMembers = pgTable(
  "department_members",
  {
    ...tenant,
    departmentId: uuid("department_id").notNull(),
    userId: uuid("user_id").notNull(),
  },
  (t) => [
    primaryKey({ name: "department_members_pkey", columns: [t.organizationId, t.departmentId, t.userId] }),
    reference("department_members_department_fk", t, t.departmentId, departments, "cascade"),
    reference("department_members_user_fk", t, t.userId, users, "cascade"),
    // The departments of a user: read at sign-in and in the scope of lists.
    index("department_members_user_index").on(t.organizationId, t.userId),
  ],
);
