import { relations } from "drizzle-orm";
import {
  attachments,
  businessCalendars,
  departmentMembers,
  departments,
  slaCycles,
  slaPolicies,
  tags,
  ticketCc,
  ticketComments,
  ticketFollowers,
  ticketHistory,
  ticketStatusTransitions,
  ticketStatuses,
  ticketTags,
  tickets,
  users,
} from "./schema.ts";

export const departmentRelations = relations(departments, ({ one, many }) => ({
  members: many(departmentMembers),
  calendar: one(businessCalendars, {
    fields: [departments.organizationId, departments.calendarId],
    references: [businessCalendars.organizationId, businessCalendars.id],
  }),
}));

export const memberRelations = relations(departmentMembers, ({ one }) => ({
  department: one(departments, {
    fields: [departmentMembers.organizationId, departmentMembers.departmentId],
    references: [departments.organizationId, departments.id],
  }),
}));

export const policyRelations = relations(slaPolicies, ({ one }) => ({
  calendar: one(businessCalendars, {
    fields: [slaPolicies.organizationId, slaPolicies.calendarId],
    references: [businessCalendars.organizationId, businessCalendars.id],
  }),
}));

export const statusRelations = relations(ticketStatuses, ({ many }) => ({
  transitions: many(ticketStatusTransitions, { relationName: "from" }),
}));

export const transitionRelations = relations(ticketStatusTransitions, ({ one }) => ({
  from: one(ticketStatuses, {
    fields: [ticketStatusTransitions.organizationId, ticketStatusTransitions.fromStatusId],
    references: [ticketStatuses.organizationId, ticketStatuses.id],
    relationName: "from",
  }),
  to: one(ticketStatuses, {
    fields: [ticketStatusTransitions.organizationId, ticketStatusTransitions.toStatusId],
    references: [ticketStatuses.organizationId, ticketStatuses.id],
    relationName: "to",
  }),
}));

export const ticketRelations = relations(tickets, ({ one, many }) => ({
  status: one(ticketStatuses, {
    fields: [tickets.organizationId, tickets.statusId],
    references: [ticketStatuses.organizationId, ticketStatuses.id],
  }),
  customer: one(users, {
    fields: [tickets.organizationId, tickets.customerId],
    references: [users.organizationId, users.id],
  }),
  assignee: one(users, {
    fields: [tickets.organizationId, tickets.assigneeId],
    references: [users.organizationId, users.id],
  }),
  department: one(departments, {
    fields: [tickets.organizationId, tickets.departmentId],
    references: [departments.organizationId, departments.id],
  }),
  slaCycles: many(slaCycles),
  history: many(ticketHistory),
  comments: many(ticketComments),
  tags: many(ticketTags),
  followers: many(ticketFollowers),
  cc: many(ticketCc),
  attachments: many(attachments),
}));

export const cycleRelations = relations(slaCycles, ({ one }) => ({
  ticket: one(tickets, {
    fields: [slaCycles.organizationId, slaCycles.ticketId],
    references: [tickets.organizationId, tickets.id],
  }),
}));

export const historyRelations = relations(ticketHistory, ({ one }) => ({
  ticket: one(tickets, {
    fields: [ticketHistory.organizationId, ticketHistory.ticketId],
    references: [tickets.organizationId, tickets.id],
  }),
  actor: one(users, {
    fields: [ticketHistory.organizationId, ticketHistory.actorId],
    references: [users.organizationId, users.id],
  }),
}));

export const commentRelations = relations(ticketComments, ({ one, many }) => ({
  ticket: one(tickets, {
    fields: [ticketComments.organizationId, ticketComments.ticketId],
    references: [tickets.organizationId, tickets.id],
  }),
  author: one(users, {
    fields: [ticketComments.organizationId, ticketComments.authorId],
    references: [users.organizationId, users.id],
  }),
  attachments: many(attachments),
}));

export const ticketTagRelations = relations(ticketTags, ({ one }) => ({
  ticket: one(tickets, {
    fields: [ticketTags.organizationId, ticketTags.ticketId],
    references: [tickets.organizationId, tickets.id],
  }),
  tag: one(tags, {
    fields: [ticketTags.organizationId, ticketTags.tagId],
    references: [tags.organizationId, tags.id],
  }),
}));

export const followerRelations = relations(ticketFollowers, ({ one }) => ({
  ticket: one(tickets, {
    fields: [ticketFollowers.organizationId, ticketFollowers.ticketId],
    references: [tickets.organizationId, tickets.id],
  }),
  user: one(users, {
    fields: [ticketFollowers.organizationId, ticketFollowers.userId],
    references: [users.organizationId, users.id],
  }),
}));

export const ccRelations = relations(ticketCc, ({ one }) => ({
  ticket: one(tickets, {
    fields: [ticketCc.organizationId, ticketCc.ticketId],
    references: [tickets.organizationId, tickets.id],
  }),
  user: one(users, {
    fields: [ticketCc.organizationId, ticketCc.userId],
    references: [users.organizationId, users.id],
  }),
}));

export const attachmentRelations = relations(attachments, ({ one }) => ({
  ticket: one(tickets, {
    fields: [attachments.organizationId, attachments.ticketId],
    references: [tickets.organizationId, tickets.id],
  }),
  comment: one(ticketComments, {
    fields: [attachments.organizationId, attachments.commentId],
    references: [ticketComments.organizationId, ticketComments.id],
  }),
}));
