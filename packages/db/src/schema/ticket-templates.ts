import { boolean, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { textLimits } from "@helpdesk/domain";
import { identity, identityKey, isObject, isText, mutable, object, ownerReference } from "./columns.ts";
import { organizations } from "./organizations.ts";

/** What a ticket is opened with where its opener says nothing. */
export const ticketTemplates = pgTable(
  "ticket_templates",
  {
    ...identity,
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    /** Title, text, department, priority, tags by id, and fields; what of it is gone by then is left out. */
    defaults: object<Record<string, unknown>>("defaults").notNull(),
    isForCustomers: boolean("is_for_customers").notNull().default(false),
    isActive: boolean("is_active").notNull().default(true),
    position: integer("position").notNull().default(0),
    ...mutable,
  },
  (t) => [
    identityKey("ticket_templates_pkey", t),
    ownerReference("ticket_templates_organization_fk", t, organizations),
    unique("ticket_templates_name_key").on(t.organizationId, t.name),
    isText("ticket_templates_name_check", "name", textLimits.name),
    isObject("ticket_templates_defaults_check", "defaults"),
  ],
);
