import { index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { type AssignmentStrategy, assignmentStrategies, textLimits } from "@helpdesk/domain";
import { businessCalendars } from "./calendars.ts";
import {
  identity,
  identityKey,
  instant,
  isText,
  mutable,
  oneOf,
  ownerReference,
  reference,
  rule,
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
    assignment: text("assignment").$type<AssignmentStrategy>().notNull().default("manual"),
    /** With so many open tickets a member is given no more; null for any number. */
    capacity: integer("capacity"),
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
    oneOf("departments_assignment_check", "assignment", assignmentStrategies),
    rule("departments_capacity_check", "capacity >= 0"),
  ],
);

export const departmentMembers = pgTable(
  "department_members",
  {
    ...tenant,
    departmentId: uuid("department_id").notNull(),
    userId: uuid("user_id").notNull(),
    /** The member's own; null for the department's. */
    capacity: integer("capacity"),
    /** When the department last gave them a ticket by itself. */
    lastAssignedAt: instant("last_assigned_at"),
  },
  (t) => [
    primaryKey({ name: "department_members_pkey", columns: [t.organizationId, t.departmentId, t.userId] }),
    reference("department_members_department_fk", t, t.departmentId, departments, "cascade"),
    reference("department_members_user_fk", t, t.userId, users, "cascade"),
    // The departments of a user: read at sign-in and in the scope of lists.
    index("department_members_user_index").on(t.organizationId, t.userId),
    rule("department_members_capacity_check", "capacity >= 0"),
  ],
);
