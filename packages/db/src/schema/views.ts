import { boolean, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { type Priority, type Source, textLimits } from "@helpdesk/domain";
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
  tenant,
} from "./columns.ts";
import { departments } from "./departments.ts";
import { organizations } from "./organizations.ts";
import { users } from "./users.ts";

/** A saved list of tickets: the owner's own, a department's, or everybody's where it has neither. */
export const views = pgTable(
  "views",
  {
    ...identity,
    name: text("name").notNull(),
    ownerId: uuid("owner_id"),
    departmentId: uuid("department_id"),
    conditions: object<Record<string, unknown>>("conditions").notNull(),
    /** An order and a direction, with a blank between. */
    sort: text("sort").notNull(),
    position: integer("position").notNull().default(0),
    ...mutable,
  },
  (t) => [
    identityKey("views_pkey", t),
    ownerReference("views_organization_fk", t, organizations),
    reference("views_owner_fk", t, t.ownerId, users, "cascade"),
    reference("views_department_fk", t, t.departmentId, departments),
    unique("views_name_key").on(t.organizationId, t.ownerId, t.departmentId, t.name).nullsNotDistinct(),
    isText("views_name_check", "name", textLimits.name),
    isObject("views_conditions_check", "conditions"),
    rule("views_reach_check", "owner_id is null or department_id is null"),
  ],
);

/** What tickets are counted by. No references: it is a cache, which can be counted anew from tickets. */
const cell = {
  statusId: uuid("status_id").notNull(),
  priority: text("priority").$type<Priority>().notNull(),
  source: text("source").$type<Source>().notNull(),
  departmentId: uuid("department_id"),
  assigneeId: uuid("assignee_id"),
  hasDue: boolean("has_due").notNull(),
  /** In their order; null counts tickets whatever their tags. */
  tagIds: uuid("tag_ids").array(),
  amount: integer("amount").notNull(),
};

/** How many tickets there are of each combination, but for what stands in `ticket_cell_changes`. */
export const ticketCells = pgTable(
  "ticket_cells",
  {
    ...tenant,
    /** A digest of the combination. */
    cell: uuid("cell").notNull(),
    ...cell,
  },
  (t) => [
    primaryKey({ name: "ticket_cells_pkey", columns: [t.organizationId, t.cell] }),
    ownerReference("ticket_cells_organization_fk", t, organizations),
    index("ticket_cells_status_index").on(t.organizationId, t.statusId).where(sql.raw("tag_ids is null")),
    index("ticket_cells_tags_index").using("gin", t.tagIds).where(sql.raw("tag_ids is not null")),
  ],
);

/** What is not in `ticket_cells` yet: only ever added to, so that nobody waits for a counter, and folded by workers. */
export const ticketCellChanges = pgTable("ticket_cell_changes", { ...identity, ...cell }, (t) => [
  identityKey("ticket_cell_changes_pkey", t),
  ownerReference("ticket_cell_changes_organization_fk", t, organizations),
]);
