import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { priorities, sources, textLimits, type Merge, type Priority, type Source } from "@helpdesk/domain";
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
  reference,
  rule,
  tenant,
} from "./columns.ts";
import { departments } from "./departments.ts";
import { organizations } from "./organizations.ts";
import { slaPolicies } from "./sla-policies.ts";
import { ticketStatuses } from "./statuses.ts";
import { users } from "./users.ts";

export type CustomFields = Record<string, unknown>;

/** The last numbers given out in an organization, to its own and to simulated tickets: updated by the statement that inserts the ticket. */
export const ticketCounters = pgTable(
  "ticket_counters",
  {
    ...tenant,
    isSimulated: boolean("is_simulated").notNull(),
    lastNumber: integer("last_number").notNull().default(0),
  },
  (t) => [
    primaryKey({ name: "ticket_counters_pkey", columns: [t.organizationId, t.isSimulated] }),
    ownerReference("ticket_counters_organization_fk", t, organizations),
    rule("ticket_counters_last_number_check", "last_number >= 0"),
  ],
);

/** Due instants are a cache of the running `sla_cycles`: null while paused and once met. */
export const tickets = pgTable(
  "tickets",
  {
    ...identity,
    number: integer("number").notNull(),
    title: text("title").notNull(),
    description: text("description").notNull(),
    statusId: uuid("status_id").notNull(),
    priority: text("priority").$type<Priority>().notNull(),
    source: text("source").$type<Source>().notNull(),
    customerId: uuid("customer_id").notNull(),
    createdById: uuid("created_by_id").notNull(),
    assigneeId: uuid("assignee_id"),
    departmentId: uuid("department_id"),
    slaPolicyId: uuid("sla_policy_id"),
    firstResponseDueAt: instant("first_response_due_at"),
    firstRespondedAt: instant("first_responded_at"),
    firstUnansweredAt: instant("first_unanswered_at"),
    nextResponseDueAt: instant("next_response_due_at"),
    resolutionDueAt: instant("resolution_due_at"),
    resolvedAt: instant("resolved_at"),
    closedAt: instant("closed_at"),
    /** When its texts were let go, by a rule of retention. */
    erasedAt: instant("erased_at"),
    lastCustomerMessageAt: instant("last_customer_message_at"),
    lastPublicReplyAt: instant("last_public_reply_at"),
    lastEventSequence: integer("last_event_sequence").notNull().default(0),
    isSimulated: boolean("is_simulated").notNull().default(false),
    mergedIntoId: uuid("merged_into_id"),
    /** What the undo of the merge gives back. */
    beforeMerge: object<Omit<Merge, "into">>("before_merge"),
    archivedAt: instant("archived_at"),
    customFields: object<CustomFields>("custom_fields").notNull().default({}),
    ...mutable,
  },
  (t) => [
    identityKey("tickets_pkey", t),
    // The desk's numbers have no gaps where agents practise.
    unique("tickets_number_key").on(t.organizationId, t.isSimulated, t.number),
    reference("tickets_status_fk", t, t.statusId, ticketStatuses),
    reference("tickets_customer_fk", t, t.customerId, users),
    reference("tickets_created_by_fk", t, t.createdById, users),
    reference("tickets_assignee_fk", t, t.assigneeId, users),
    reference("tickets_department_fk", t, t.departmentId, departments),
    reference("tickets_sla_policy_fk", t, t.slaPolicyId, slaPolicies),
    reference("tickets_merged_into_fk", t, t.mergedIntoId, t),
    // The two orders of the list, scanned backward for newest first.
    index("tickets_created_index").on(t.organizationId, t.createdAt, t.id),
    index("tickets_updated_index").on(t.organizationId, t.updatedAt, t.id),
    // A customer's own tickets; a list by status.
    index("tickets_customer_index").on(t.organizationId, t.customerId, t.createdAt, t.id),
    index("tickets_status_index").on(t.organizationId, t.statusId, t.createdAt, t.id),
    // The queues: open means `resolved_at is null`, a small part of all tickets, whatever the statuses are called.
    index("tickets_assignee_open_index")
      .on(t.organizationId, t.assigneeId, t.createdAt, t.id)
      .where(sql.raw("resolved_at is null")),
    index("tickets_department_open_index")
      .on(t.organizationId, t.departmentId, t.createdAt, t.id)
      .where(sql.raw("resolved_at is null")),
    // What nobody has yet: given out by departments that do so.
    index("tickets_unassigned_open_index")
      .on(t.organizationId, t.departmentId, t.createdAt, t.id)
      .where(sql.raw("resolved_at is null and assignee_id is null")),
    // Due soon, of tickets that a clock is running on.
    index("tickets_first_response_due_index")
      .on(t.organizationId, t.firstResponseDueAt, t.id)
      .where(sql.raw("first_response_due_at is not null")),
    index("tickets_next_response_due_index")
      .on(t.organizationId, t.nextResponseDueAt, t.id)
      .where(sql.raw("next_response_due_at is not null")),
    index("tickets_resolution_due_index")
      .on(t.organizationId, t.resolutionDueAt, t.id)
      .where(sql.raw("resolution_due_at is not null")),
    // Resolved ones that wait to be closed.
    index("tickets_resolved_index")
      .on(t.organizationId, t.resolvedAt, t.id)
      .where(sql.raw("resolved_at is not null and closed_at is null")),
    // Closed ones whose texts are still there, for retention.
    index("tickets_retention_index")
      .on(t.organizationId, t.closedAt, t.id)
      .where(sql.raw("closed_at is not null and (erased_at is null or erased_at < closed_at)")),
    index("tickets_merged_into_index")
      .on(t.organizationId, t.mergedIntoId)
      .where(sql.raw("merged_into_id is not null")),
    // Tickets by the value of a custom field.
    index("tickets_custom_fields_index")
      .using("gin", t.customFields.op("jsonb_path_ops"))
      .where(sql.raw("custom_fields <> '{}'")),
    isText("tickets_title_check", "title", textLimits.title),
    rule("tickets_description_check", `length(description) <= ${textLimits.body}`),
    oneOf("tickets_priority_check", "priority", priorities),
    oneOf("tickets_source_check", "source", sources),
    rule("tickets_number_check", "number > 0 and last_event_sequence >= 0"),
    rule("tickets_due_check", "first_response_due_at >= created_at and resolution_due_at >= created_at"),
    // Who has not been answered at all waits for a first response, not for the next one.
    rule("tickets_unanswered_check", "first_unanswered_at is null or first_responded_at is not null"),
    rule("tickets_next_response_check", "next_response_due_at >= first_unanswered_at"),
    // Closed is resolved too, so that open stays one condition.
    rule("tickets_closed_check", "closed_at is null or resolved_at is not null"),
    rule("tickets_merged_into_check", "merged_into_id <> id"),
    rule("tickets_before_merge_check", "(merged_into_id is null) = (before_merge is null)"),
    isObject("tickets_before_merge_object_check", "before_merge"),
    isObject("tickets_custom_fields_check", "custom_fields"),
  ],
);
