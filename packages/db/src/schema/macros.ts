import { boolean, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
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
} from "./columns.ts";
import { departments } from "./departments.ts";
import { organizations } from "./organizations.ts";
import { users } from "./users.ts";

/** Several acts at one press: a reply's text, a status, a priority … */
export const macros = pgTable(
  "macros",
  {
    ...identity,
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    departmentId: uuid("department_id"),
    actions: object<Record<string, unknown>>("actions").notNull(),
    isActive: boolean("is_active").notNull().default(true),
    ...mutable,
  },
  (t) => [
    identityKey("macros_pkey", t),
    ownerReference("macros_organization_fk", t, organizations),
    reference("macros_department_fk", t, t.departmentId, departments),
    unique("macros_name_key").on(t.organizationId, t.name),
    isText("macros_name_check", "name", textLimits.name),
    isObject("macros_actions_check", "actions"),
  ],
);

/** A saved list of tickets: the owner's own, or everyone's when it has none. */
export const views = pgTable(
  "views",
  {
    ...identity,
    name: text("name").notNull(),
    ownerId: uuid("owner_id"),
    filters: object<Record<string, unknown>>("filters").notNull(),
    sort: text("sort").notNull(),
    position: integer("position").notNull().default(0),
    ...mutable,
  },
  (t) => [
    identityKey("views_pkey", t),
    ownerReference("views_organization_fk", t, organizations),
    reference("views_owner_fk", t, t.ownerId, users, "cascade"),
    // Shared views have no owner and still one name each.
    unique("views_name_key").on(t.organizationId, t.ownerId, t.name).nullsNotDistinct(),
    index("views_owner_index").on(t.organizationId, t.ownerId, t.position),
    isText("views_name_check", "name", textLimits.name),
    isObject("views_filters_check", "filters"),
  ],
);
