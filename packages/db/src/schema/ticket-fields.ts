import { doublePrecision, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import {
  customerAccesses,
  fieldKinds,
  fieldNeeds,
  textLimits,
  type CustomerAccess,
  type FieldKind,
  type FieldNeed,
} from "@helpdesk/domain";
import {
  identity,
  identityKey,
  instant,
  isObject,
  isText,
  mutable,
  object,
  oneOf,
  ownerReference,
  rule,
} from "./columns.ts";
import { organizations } from "./organizations.ts";

export interface FieldChoices {
  options: { key: string; name: string; isArchived: boolean }[];
}

/** What an organization wants to know of its tickets besides; the values are in `tickets.custom_fields`, by key. */
export const ticketFields = pgTable(
  "ticket_fields",
  {
    ...identity,
    key: text("key").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    kind: text("kind").$type<FieldKind>().notNull(),
    choices: object<FieldChoices>("choices").notNull(),
    min: doublePrecision("min"),
    max: doublePrecision("max"),
    requiredTo: text("required_to").$type<FieldNeed>(),
    customerAccess: text("customer_access").$type<CustomerAccess>().notNull(),
    position: integer("position").notNull(),
    archivedAt: instant("archived_at"),
    ...mutable,
  },
  (t) => [
    identityKey("ticket_fields_pkey", t),
    ownerReference("ticket_fields_organization_fk", t, organizations),
    // Archived ones too: a key is for life.
    unique("ticket_fields_key_key").on(t.organizationId, t.key),
    rule("ticket_fields_key_check", "key ~ '^[a-z][a-z0-9_]{0,62}$'"),
    isText("ticket_fields_name_check", "name", textLimits.name),
    oneOf("ticket_fields_kind_check", "kind", fieldKinds),
    isObject("ticket_fields_choices_check", "choices"),
    rule("ticket_fields_limits_check", "(min is null and max is null or kind = 'number') and min <= max"),
    oneOf("ticket_fields_required_to_check", "required_to", fieldNeeds),
    oneOf("ticket_fields_customer_access_check", "customer_access", customerAccesses),
  ],
);
