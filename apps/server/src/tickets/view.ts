import type { TicketRow, TicketSummaryRow } from "@helpdesk/db";
import {
  type Instant,
  canSee,
  inverseOf,
  isBreached,
  may,
  ratingScores,
  slaCycleStates,
  slaMetrics,
  statusCategories,
  ticketRelations,
} from "@helpdesk/domain";
import { z } from "zod";
import type { Acting } from "../context.ts";
import { ticketFieldSchema, toTicketFields } from "../fields/of-ticket.ts";
import { rendered } from "../markdown/rendered.ts";
import { idSchema, instantSchema, personSchema, prioritySchema, sourceSchema } from "../schemas.ts";
import { timelineEntrySchema, toTimeline } from "./timeline-view.ts";

/** A ticket as lists show it. Due instants are null while paused and once met; breaches are right at the moment of reading. */
export const ticketSummarySchema = z.object({
  id: idSchema,
  number: z.int(),
  title: z.string(),
  status: z.string(),
  statusCategory: z.enum(statusCategories),
  priority: prioritySchema,
  source: sourceSchema,
  customer: personSchema,
  assignee: personSchema.nullable(),
  department: personSchema.nullable(),
  firstResponseDueAt: instantSchema.nullable(),
  firstRespondedAt: instantSchema.nullable(),
  isFirstResponseBreached: z.boolean(),
  nextResponseDueAt: instantSchema.nullable(),
  isNextResponseBreached: z.boolean(),
  resolutionDueAt: instantSchema.nullable(),
  resolvedAt: instantSchema.nullable(),
  isResolutionBreached: z.boolean(),
  closedAt: instantSchema.nullable(),
  isMerged: z.boolean(),
  version: z.int(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type TicketSummary = z.infer<typeof ticketSummarySchema>;

const clockSchema = z.object({
  metric: z.enum(slaMetrics),
  state: z.enum(slaCycleStates),
  targetSeconds: z.int(),
  dueAt: instantSchema.nullable(),
  breachedAt: instantSchema.nullable(),
  warnedAt: instantSchema.nullable(),
  isBreached: z.boolean(),
  satisfiedAt: instantSchema.nullable(),
});

/** A ticket as its changes answer: what the next change needs to know. */
export const ticketHeaderSchema = ticketSummarySchema.extend({
  /** The statuses that the reader may move it to, by key. */
  allowed: z.array(z.string()),
});
export type TicketHeader = z.infer<typeof ticketHeaderSchema>;

export const ticketSchema = ticketHeaderSchema.extend({
  /** Markdown, as it was written; and as HTML that is safe to show. */
  description: z.string(),
  descriptionHtml: z.string(),
  /** Customers in copy, for everybody who sees the ticket. */
  cc: z.array(personSchema),
  /** Tags, followers and links are for those who see notes. A linked ticket that the reader may not see is left out. */
  tags: z.array(z.string()),
  followers: z.array(personSchema),
  /** The organization's custom fields, as far as the reader sees them, in their order. */
  fields: z.array(ticketFieldSchema),
  /** What the customer said of its resolutions; for those who see notes. */
  ratings: z.array(
    z.object({
      score: z.enum(ratingScores),
      comment: z.string().nullable(),
      ratedAt: instantSchema,
      resolvedAt: instantSchema,
    }),
  ),
  links: z.array(
    z.object({
      /** What this ticket is to the other one. */
      relation: z.enum(ticketRelations),
      ticket: z.object({ id: idSchema, number: z.int(), title: z.string(), status: z.string() }),
    }),
  ),
  /** The ticket it is merged into, where the reader may see that one. */
  mergedInto: z.object({ id: idSchema, number: z.int() }).nullable(),
  /** The tickets merged into it, directly or by way of another: their entries are in the timeline. */
  mergedFrom: z.array(
    z.object({
      id: idSchema,
      number: z.int(),
      title: z.string(),
      description: z.string(),
      descriptionHtml: z.string(),
    }),
  ),
  clocks: z.array(clockSchema),
  /** The latest entries, oldest first. */
  timeline: z.array(timelineEntrySchema),
  /** Continues to older entries in `tickets.timeline`. */
  timelineCursor: z.string().nullable(),
});
export type TicketView = z.infer<typeof ticketSchema>;

/** Who looks, when, and by which rules. */
type Viewpoint = Omit<Acting, "newId" | "jobs">;

const overdue = (dueAt: Instant | null, now: Instant): boolean => dueAt !== null && dueAt < now;

export function toSummary(row: TicketSummaryRow, { desk, now }: Viewpoint): TicketSummary {
  const status = desk.statuses.byId(row.statusId);
  const { firstResponseDueAt, nextResponseDueAt, resolutionDueAt, departmentId } = row;
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    status: status.key,
    statusCategory: status.category,
    priority: row.priority,
    source: row.source,
    customer: { id: row.customerId, name: row.customerName },
    assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName ?? "" },
    department:
      departmentId === null
        ? null
        : { id: departmentId, name: desk.departments.get(departmentId)?.name ?? "Archived" },
    firstResponseDueAt,
    firstRespondedAt: row.firstRespondedAt,
    isFirstResponseBreached: row.breached.includes("first_response") || overdue(firstResponseDueAt, now),
    nextResponseDueAt,
    isNextResponseBreached: row.breached.includes("next_response") || overdue(nextResponseDueAt, now),
    resolutionDueAt,
    resolvedAt: row.resolvedAt,
    isResolutionBreached: row.breached.includes("resolution") || overdue(resolutionDueAt, now),
    closedAt: row.closedAt,
    isMerged: row.mergedIntoId !== null,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

export function toHeader(row: TicketSummaryRow, viewpoint: Viewpoint): TicketHeader {
  const { actor, desk } = viewpoint;
  const allowed =
    may(actor, "ticket.set_status") && row.mergedIntoId === null
      ? desk.statuses.allowed(desk.statuses.byId(row.statusId))
      : [];
  return { ...toSummary(row, viewpoint), allowed };
}

export async function toTicket(row: TicketRow, viewpoint: Viewpoint): Promise<TicketView> {
  return {
    ...toHeader(row, viewpoint),
    description: row.description,
    descriptionHtml: await rendered(row.description),
    cc: row.cc,
    tags: row.tags,
    followers: row.followers,
    fields: toTicketFields(viewpoint.desk, viewpoint.actor, row, row.fields),
    ratings: row.ratings,
    links: row.links
      .filter(({ ticket }) => canSee(viewpoint.actor, ticket))
      .map(({ ticket: { id, number, title, statusId }, fromId, kind }) => ({
        relation: fromId === row.id ? kind : inverseOf[kind],
        ticket: { id, number, title, status: viewpoint.desk.statuses.byId(statusId).key },
      })),
    mergedInto:
      row.mergedInto && canSee(viewpoint.actor, row.mergedInto)
        ? { id: row.mergedInto.id, number: row.mergedInto.number }
        : null,
    mergedFrom: await Promise.all(
      row.mergedFrom.map(async (from) => ({ ...from, descriptionHtml: await rendered(from.description) })),
    ),
    clocks: row.cycles.map((cycle) => ({
      metric: cycle.metric,
      state: cycle.state,
      targetSeconds: cycle.targetSeconds,
      dueAt: cycle.dueAt,
      breachedAt: cycle.breachedAt,
      warnedAt: cycle.warnedAt,
      isBreached: isBreached(cycle, viewpoint.now),
      satisfiedAt: cycle.satisfiedAt,
    })),
    ...(await toTimeline(row.timeline)),
  };
}
