import { randomUUIDv7 } from "node:crypto";
import { boolean, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

// The part of our schema that the four calls touch; what only migrations need is left out.

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });
const organizationId = uuid("organization_id").notNull();
const row = { organizationId, id: uuid("id").notNull().$defaultFn(randomUUIDv7) };

export const users = pgTable("users", {
  ...row,
  email: text("email").notNull(),
  name: text("name").notNull(),
});

export const departments = pgTable("departments", {
  ...row,
  name: text("name").notNull(),
  managerId: uuid("manager_id"),
  calendarId: uuid("calendar_id"),
  archivedAt: instant("archived_at"),
});

export const departmentMembers = pgTable("department_members", {
  organizationId,
  departmentId: uuid("department_id").notNull(),
  userId: uuid("user_id").notNull(),
});

export const businessCalendars = pgTable("business_calendars", {
  ...row,
  name: text("name").notNull(),
  version: integer("version").notNull().default(1),
});

export const slaPolicies = pgTable("sla_policies", {
  ...row,
  position: integer("position").notNull(),
  conditions: jsonb("conditions").notNull(),
  calendarId: uuid("calendar_id").notNull(),
  firstResponseTargetSeconds: integer("first_response_target_seconds"),
  resolutionTargetSeconds: integer("resolution_target_seconds"),
  isActive: boolean("is_active").notNull(),
  version: integer("version").notNull().default(1),
});

export const ticketStatuses = pgTable("ticket_statuses", {
  ...row,
  key: text("key").notNull(),
  name: text("name").notNull(),
  category: text("category").notNull(),
  position: integer("position").notNull(),
  isDefault: boolean("is_default").notNull(),
});

export const ticketStatusTransitions = pgTable("ticket_status_transitions", {
  organizationId,
  fromStatusId: uuid("from_status_id").notNull(),
  toStatusId: uuid("to_status_id").notNull(),
});

export const ticketCounters = pgTable("ticket_counters", {
  organizationId,
  isSimulated: boolean("is_simulated").notNull(),
  lastNumber: integer("last_number").notNull(),
});

export const tickets = pgTable("tickets", {
  ...row,
  number: integer("number").notNull(),
  title: text("title").notNull(),
  description: text("description").notNull(),
  statusId: uuid("status_id").notNull(),
  priority: text("priority").notNull(),
  source: text("source").notNull(),
  customerId: uuid("customer_id").notNull(),
  createdById: uuid("created_by_id").notNull(),
  assigneeId: uuid("assignee_id"),
  departmentId: uuid("department_id"),
  slaPolicyId: uuid("sla_policy_id"),
  firstResponseDueAt: instant("first_response_due_at"),
  firstRespondedAt: instant("first_responded_at"),
  nextResponseDueAt: instant("next_response_due_at"),
  resolutionDueAt: instant("resolution_due_at"),
  resolvedAt: instant("resolved_at"),
  closedAt: instant("closed_at"),
  lastCustomerMessageAt: instant("last_customer_message_at"),
  lastPublicReplyAt: instant("last_public_reply_at"),
  lastEventSequence: integer("last_event_sequence").notNull().default(0),
  isSimulated: boolean("is_simulated").notNull().default(false),
  mergedIntoId: uuid("merged_into_id"),
  archivedAt: instant("archived_at"),
  version: integer("version").notNull().default(1),
  createdAt: instant("created_at").notNull().defaultNow(),
  updatedAt: instant("updated_at").notNull().defaultNow(),
});

export const ticketComments = pgTable("ticket_comments", {
  ...row,
  ticketId: uuid("ticket_id").notNull(),
  authorId: uuid("author_id"),
  sequence: integer("sequence").notNull(),
  visibility: text("visibility").notNull(),
  body: text("body").notNull(),
  source: text("source").notNull(),
  version: integer("version").notNull().default(1),
  createdAt: instant("created_at").notNull().defaultNow(),
  editedAt: instant("edited_at"),
});

export const ticketHistory = pgTable("ticket_history", {
  ...row,
  ticketId: uuid("ticket_id").notNull(),
  sequence: integer("sequence").notNull(),
  kind: text("kind").notNull(),
  actorId: uuid("actor_id"),
  actorKind: text("actor_kind").notNull(),
  changes: jsonb("changes").notNull(),
  at: instant("at").notNull(),
});

export const events = pgTable("events", {
  ...row,
  ticketId: uuid("ticket_id"),
  sequence: integer("sequence"),
  kind: text("kind").notNull(),
  actorId: uuid("actor_id"),
  data: jsonb("data").notNull(),
  at: instant("at").notNull(),
});

export const notifications = pgTable("notifications", {
  ...row,
  userId: uuid("user_id").notNull(),
  kind: text("kind").notNull(),
  ticketId: uuid("ticket_id"),
  actorId: uuid("actor_id"),
  data: jsonb("data").notNull(),
  createdAt: instant("created_at").notNull().defaultNow(),
});

export const slaCycles = pgTable("sla_cycles", {
  ...row,
  ticketId: uuid("ticket_id").notNull(),
  metric: text("metric").notNull(),
  ordinal: integer("ordinal").notNull(),
  state: text("state").notNull(),
  policyId: uuid("policy_id").notNull(),
  policyVersion: integer("policy_version").notNull(),
  reason: jsonb("reason").notNull(),
  calendarId: uuid("calendar_id").notNull(),
  calendarVersion: integer("calendar_version").notNull(),
  standsWaiting: boolean("stands_waiting").notNull(),
  standsDone: boolean("stands_done").notNull(),
  targetSeconds: integer("target_seconds").notNull(),
  runningSince: instant("running_since"),
  startedAt: instant("started_at").notNull(),
  dueAt: instant("due_at"),
  breachedAt: instant("breached_at"),
  warnedAt: instant("warned_at"),
  satisfiedAt: instant("satisfied_at"),
  closedAt: instant("closed_at"),
});

export const tags = pgTable("tags", { ...row, name: text("name").notNull() });

export const ticketTags = pgTable("ticket_tags", {
  organizationId,
  ticketId: uuid("ticket_id").notNull(),
  tagId: uuid("tag_id").notNull(),
});

const ticketAndUser = {
  organizationId,
  ticketId: uuid("ticket_id").notNull(),
  userId: uuid("user_id").notNull(),
};
export const ticketFollowers = pgTable("ticket_followers", ticketAndUser);
export const ticketCc = pgTable("ticket_cc", ticketAndUser);

export const attachments = pgTable("attachments", {
  ...row,
  ticketId: uuid("ticket_id"),
  commentId: uuid("comment_id"),
  name: text("name").notNull(),
  contentType: text("content_type"),
  sizeBytes: integer("size_bytes").notNull(),
  state: text("state").notNull(),
  attachedAt: instant("attached_at"),
});
