import { boolean, pgTable, text, unique } from "drizzle-orm/pg-core";
import { textLimits } from "@helpdesk/domain";
import { identity, identityKey, isText, mutable, ownerReference, rule } from "./columns.ts";
import { organizations } from "./organizations.ts";

export const roles = pgTable(
  "roles",
  {
    ...identity,
    key: text("key").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    permissions: text("permissions").array().notNull(),
    isBuiltIn: boolean("is_built_in").notNull().default(false),
    ...mutable,
  },
  (t) => [
    identityKey("roles_pkey", t),
    ownerReference("roles_organization_fk", t, organizations),
    unique("roles_key_key").on(t.organizationId, t.key),
    rule("roles_key_check", "key ~ '^[a-z][a-z0-9_]{0,62}$'"),
    isText("roles_name_check", "name", textLimits.name),
  ],
);
