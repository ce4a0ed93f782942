import { boolean, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
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
