import { ticketReaders } from "@helpdesk/domain";
import { pageOf } from "../schemas.ts";
import { allow } from "../trpc.ts";
import { addNote } from "./add-note.ts";
import { assign } from "./assign.ts";
import { conversationRoutes } from "./conversation-routes.ts";
import { getTicket } from "./get.ts";
import * as input from "./input.ts";
import { letGo } from "./let-go.ts";
import { list } from "./list.ts";
import { mergeRoutes } from "./merge-routes.ts";
import { messagesOf } from "../realtime/messages.ts";
import { onTicketChange, ticketChangeSchema } from "./on-change.ts";
import { open } from "./open.ts";
import { reopen } from "./reopen.ts";
import { reply } from "./reply.ts";
import { setDepartment } from "./set-department.ts";
import { setPriority } from "./set-priority.ts";
import { setStatus } from "./set-status.ts";
import { take } from "./take.ts";
import { workRoutes } from "./work-routes.ts";
import { pageTimeline } from "./timeline.ts";
import { timelineEntrySchema } from "./timeline-view.ts";
import { ticketHeaderSchema, ticketSchema, ticketSummarySchema } from "./view.ts";

export const ticketRoutes = {
  ...workRoutes,
  ...mergeRoutes,
  ...conversationRoutes,

  open: allow(
    "ticket.open",
    "customer.not_found",
    "department.not_found",
    "template.not_found",
    "field.invalid",
    "field.required",
    "attachment.not_found",
    "attachment.infected",
    "id.taken",
  )
    .input(input.openInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => open(ctx, input)),

  list: allow(ticketReaders, "cursor.invalid", "status.unknown", "field.invalid")
    .input(input.listInput)
    .output(pageOf(ticketSummarySchema))
    .query(({ ctx, input }) => list(ctx, input)),

  get: allow(ticketReaders, "ticket.not_found")
    .input(input.getInput)
    .output(ticketSchema)
    .query(({ ctx, input }) => getTicket(ctx, input)),

  timeline: allow(ticketReaders, "ticket.not_found", "cursor.invalid")
    .input(input.timelineInput)
    .output(pageOf(timelineEntrySchema))
    .query(({ ctx, input }) => pageTimeline(ctx, input)),

  onChange: allow(ticketReaders, "ticket.not_found", "cursor.invalid", "stream.limit_reached")
    .input(input.onChangeInput)
    .output(messagesOf(ticketChangeSchema))
    .subscription(({ ctx, input, signal }) => onTicketChange(ctx, input, signal)),

  reply: allow(
    "ticket.reply",
    "ticket.not_found",
    "ticket.closed",
    "ticket.merged",
    "mention.not_eligible",
    "attachment.not_found",
    "attachment.infected",
    "id.taken",
  )
    .input(input.commentInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => reply(ctx, input)),

  addNote: allow(
    "ticket.note",
    "ticket.not_found",
    "ticket.closed",
    "ticket.merged",
    "mention.not_eligible",
    "attachment.not_found",
    "attachment.infected",
    "id.taken",
  )
    .input(input.commentInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => addNote(ctx, input)),

  take: allow(
    "ticket.take",
    "ticket.not_found",
    "ticket.closed",
    "ticket.merged",
    "ticket.already_assigned",
    "assignee.not_eligible",
  )
    .input(input.takeInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => take(ctx, input)),

  release: allow(
    "ticket.take",
    "ticket.not_found",
    "ticket.closed",
    "ticket.merged",
    "version.conflict",
    "ticket.already_assigned",
  )
    .input(input.releaseInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => letGo(ctx, input)),

  assign: allow(
    "ticket.assign",
    "ticket.not_found",
    "ticket.closed",
    "ticket.merged",
    "version.conflict",
    "assignee.not_eligible",
  )
    .input(input.assignInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => assign(ctx, input)),

  setStatus: allow(
    "ticket.set_status",
    "ticket.not_found",
    "ticket.closed",
    "ticket.merged",
    "version.conflict",
    "status.unknown",
    "transition.not_allowed",
    "field.required",
  )
    .input(input.setStatusInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => setStatus(ctx, input)),

  reopen: allow("ticket.reopen", "ticket.not_found", "ticket.merged", "ticket.not_closed", "version.conflict")
    .input(input.reopenInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => reopen(ctx, input)),

  setPriority: allow(
    "ticket.set_priority",
    "ticket.not_found",
    "ticket.closed",
    "ticket.merged",
    "version.conflict",
  )
    .input(input.setPriorityInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => setPriority(ctx, input)),

  setDepartment: allow(
    "ticket.route",
    "ticket.not_found",
    "ticket.closed",
    "ticket.merged",
    "version.conflict",
    "department.not_found",
  )
    .input(input.setDepartmentInput)
    .output(ticketHeaderSchema)
    .mutation(({ ctx, input }) => setDepartment(ctx, input)),
};
